import { expect, it, vi } from 'vitest';

/** The list hangs on the process, so each test begins with none. */
async function fresh() {
	delete (globalThis as Record<symbol, unknown>)[Symbol.for('mingcha.shutdown')];
	vi.resetModules();
	return import('#lib/backend/shutdown.server.ts');
}

it('streams end before workers, workers before the database; what went away by itself is not asked', async () => {
	const { onShutdown, shutDown } = await fresh();
	const ended: string[] = [];
	onShutdown('backend', () => void ended.push('database'));
	onShutdown('workers', async () => void ended.push('worker'));
	onShutdown('streams', () => void ended.push('stream'));
	onShutdown('streams', () => void ended.push('gone visitor'))();
	expect(await shutDown()).toEqual([]);
	expect(ended).toEqual(['stream', 'worker', 'database']);
});

it('a stream that never ends does not keep the database from closing', async () => {
	const { onShutdown, shutDown } = await fresh();
	const close = vi.fn();
	onShutdown('streams', () => new Promise(() => {}));
	onShutdown('workers', () => {
		throw new Error('worker fell');
	});
	onShutdown('backend', close);
	const errors = await shutDown(200);
	expect(close).toHaveBeenCalledOnce();
	expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('streams'), 'worker fell']);
});

it('asked twice it ends once; who registers too late is ended at once', async () => {
	const { onShutdown, shutDown, isShuttingDown } = await fresh();
	const close = vi.fn();
	onShutdown('backend', close);
	expect(isShuttingDown()).toBe(false);
	await Promise.all([shutDown(), shutDown()]);
	expect(close).toHaveBeenCalledOnce();
	const late = vi.fn();
	onShutdown('streams', late);
	expect(late).toHaveBeenCalledOnce();
});
