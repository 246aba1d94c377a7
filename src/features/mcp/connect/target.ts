/** How a server is reached, its secrets opened. */
export interface Target {
  id: string;
  name: string;
  /** Another one is another way to reach it. */
  revision: number;
  timeout_s: number;
  way:
    | { transport: 'http'; url: string; headers: Record<string, string> }
    | { transport: 'stdio'; command: string; args: string[]; env: Record<string, string> };
}
