import { parentPort, workerData } from 'node:worker_threads';
import { htmlText } from './html-text.ts';

const { html, url } = workerData as { html: string; url: string };
parentPort?.postMessage(htmlText(html, url), []);
