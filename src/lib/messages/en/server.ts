import { bundle } from './bundle.ts';
import { command } from './command.ts';
import { correction } from './correction.ts';
import { major } from './major.ts';
import { taskpage } from './taskpage.ts';

export const enServer = { ...bundle, ...command, ...correction, ...major, ...taskpage };
