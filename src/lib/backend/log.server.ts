import { destination, pino } from 'pino';

const standardError = destination({ dest: 2, sync: true });

/** `/o/{token}` in a line becomes `/o/[cut]`. */
export const withoutTokens = (line: string): string => line.replaceAll(/\/o\/[\w-]{6,80}/g, '/o/[cut]');

/**
 * The server's own log: one JSON line each, to standard error. What could open a session or name a person is
 * cut out by path; nothing that a person typed is logged anywhere. The address of an enterprise's page is a key: it is
 * cut out of every line, wherever a message or a stack carries it.
 */
export const log = pino(
	{
		level: process.env.LOG_LEVEL ?? 'info',
		base: undefined,
		timestamp: () => `,"time":"${new Date().toISOString()}"`,
		formatters: { level: (label) => ({ level: label }) },
		redact: {
			paths: [
				'token',
				'*.token',
				'accessToken',
				'*.accessToken',
				'password',
				'*.password',
				'email',
				'*.email'
			],
			censor: '[cut]'
		}
	},
	{ write: (line: string) => void standardError.write(withoutTokens(line)) }
);
