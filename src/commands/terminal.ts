/** What a command says: in Chinese unless the terminal speaks English. Results go out, problems go to stderr. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { loadTranslate, problemText, type Translate } from '#lib/messages/index.ts';
import type { Problem } from '#lib/problem.ts';

/** Exit codes of every command: 0 done, 1 refused or something does not hold, 2 wrong usage. */
export const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

export const terminalTranslate = (environment: NodeJS.ProcessEnv): Promise<Translate> =>
	loadTranslate(/^en/i.test(environment.LC_ALL ?? environment.LANG ?? '') ? 'en' : 'zh-CN');

/** Reads the arguments, or prints what is wrong with the usage and ends the process. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
	options: Options,
	usage: string,
	t: Translate
) {
	try {
		return parseArgs({ options, allowPositionals: true, strict: true });
	} catch (error) {
		return wrongUsage((error as Error).message, usage, t);
	}
}

export function wrongUsage(message: string, usage: string, t: Translate): never {
	console.error(`${t('command.unknown_option', { message })}\n${usage}`);
	process.exit(exitCodes.usage);
}

/** What happened and what to do, with the file it is about and further lines. */
export function printProblem(problem: Problem, t: Translate, ...more: string[]): void {
	const { happened, next } = problemText(t, problem);
	const file = problem.details?.file;
	console.error([`${file ? `${file}: ` : ''}${happened}`, next, ...more, `(${problem.code})`].join('\n'));
}
