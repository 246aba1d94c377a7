/** The peer of bench/api.ts: a bare Hono route that answers the JSON in the file given, parsed. Prints its port. */
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const body = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as object;
const app = new Hono();
app.get('/api/reminders', (c) => c.json(body));
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(port));
