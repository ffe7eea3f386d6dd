import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { oneByOne } from '#lib/ui/island/oneByOne.ts';

/** What the browser would call when it has time. */
let idle: (() => void)[];
const haveTime = () => idle.shift()!();

beforeEach(() => {
	idle = [];
	vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work));
});
afterEach(() => vi.unstubAllGlobals());

test('one piece at a time, in order, so that a finger is answered between two of them', () => {
	const done: string[] = [];
	oneByOne(() => done.push('head'));
	oneByOne(() => done.push('list'));
	expect(idle).toHaveLength(1);
	haveTime();
	expect(done).toEqual(['head']);
	haveTime();
	expect(done).toEqual(['head', 'list']);
	expect(idle).toHaveLength(0);
});

test('a piece that fails does not keep the next ones waiting', () => {
	const done: string[] = [];
	oneByOne(() => {
		throw new Error('got a broken piece');
	});
	oneByOne(() => done.push('list'));
	expect(haveTime).toThrow('got a broken piece');
	haveTime();
	expect(done).toEqual(['list']);
});

test('what was done by a touch meanwhile is not done again', () => {
	const done: string[] = [];
	const takeBack = oneByOne(() => done.push('head'));
	oneByOne(() => done.push('list'));
	takeBack();
	haveTime();
	expect(done).toEqual(['list']);
});
