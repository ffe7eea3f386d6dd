import { bundle } from './bundle.ts';
import { command } from './command.ts';

export const enServer = { ...bundle, ...command };
