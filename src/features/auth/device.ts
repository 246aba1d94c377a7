/** What a session's `device_info` holds. */
export interface DeviceInfo {
  /** For the devices list, e.g. `Firefox on Linux`. */
  name: string;
  user_agent: string | null;
  /** The address it was last seen from. */
  address: string | null;
  /** RFC 3339 */
  last_seen_at: string;
}

/** What a request tells of the device it came from. */
export interface Device {
  user_agent: string | null;
  address: string | null;
}

const LONGEST_USER_AGENT = 512;

export function deviceOf({ headers, address }: { headers: Headers; address: string | undefined }): Device {
  return {
    user_agent: headers.get('user-agent')?.slice(0, LONGEST_USER_AGENT) ?? null,
    address: address ?? null,
  };
}

// The first that fits decides: every browser also claims to be those it descends from.
const programs: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^([A-Za-z][\w.-]{1,30})\//, '$1'],
];
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What people call the thing that sends this User-Agent: `Chrome on Android`, `curl`. */
export function deviceName(userAgent: string | null): string {
  const program = nameIn(userAgent ?? '', programs);
  const system = nameIn(userAgent ?? '', systems);
  if (program === undefined) return system ?? 'Unknown device';
  return system === undefined ? program : `${program} on ${system}`;
}

function nameIn(userAgent: string, names: [RegExp, string][]): string | undefined {
  for (const [pattern, name] of names) {
    const match = pattern.exec(userAgent);
    if (match) return name === '$1' ? match[1] : name;
  }
  return undefined;
}
