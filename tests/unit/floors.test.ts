import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Floors of the house (docs/ARCHITECTURE.md). Rooms on one floor do not import each other. */
const floors: string[][] = [
	// The ground floor; messages stand half a step above it, since they put problems into words.
	['problem', 'calendar', 'canonical'],
	['messages'],
	['scoring', 'spatial', 'ui', 'backend'],
	['identity'],
	['area'],
	['enterprise'],
	['checklist'],
	['inspection'],
	['hazard'],
	['tally'],
	['assessment'],
	['document'],
	['record'],
	['ranking'],
	['plan'],
	['live', 'interop'],
	['routes', 'commands']
];
const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));

/** Rooms of the engine, from the ground up (scoring/README.md). */
const engineRooms = ['value', 'fact', 'pack', 'account', 'compile', 'compare', 'draft', 'attention', 'risk'];
const engineRoomOf = (file: string): string | null => /^scoring\/([a-z]+)\//.exec(file)?.[1] ?? null;

function filesBelow(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(ts|svelte|mjs)$/.test(entry.name))
		.map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** The room a file lives in: `src/lib/hazard/x.ts` → hazard, `scoring/x.ts` → scoring, `src/hooks.server.ts` → routes. */
function roomOf(file: string): string {
	if (file.startsWith('scoring/')) return 'scoring';
	const library = /^src\/lib\/([a-z]+)/.exec(file);
	if (library) return library[1]!;
	return file.startsWith('src/commands/') ? 'commands' : 'routes';
}

/** Type imports count for the floors; a circle of types alone is erased and harms nobody. */
function importsOf(file: string, { withTypes = true } = {}): string[] {
	const whole = readFileSync(join(root, file), 'utf8');
	const text = withTypes ? whole : whole.replaceAll(/(?:import|export) type [^;]+;/g, '');
	const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
		(match) => match[1]!
	);
	return specifiers.flatMap((specifier) => {
		if (specifier === '#scoring') return ['scoring/index.ts'];
		if (specifier.startsWith('#lib/')) return [`src/lib/${specifier.slice(5)}`];
		if (specifier.startsWith('.')) return [relative(root, resolve(join(root, dirname(file)), specifier))];
		return [];
	});
}

const files = [...filesBelow('src'), ...filesBelow('scoring')];

describe('the house', () => {
	it('knows the floor of every room', () => {
		expect(files.map(roomOf).filter((room) => !floorOf.has(room))).toEqual([]);
	});

	it('has no import that climbs, and none between rooms of one floor', () => {
		const climbs = files.flatMap((file) =>
			importsOf(file)
				.filter((target) => roomOf(target) !== roomOf(file))
				.filter((target) => floorOf.get(roomOf(target))! >= floorOf.get(roomOf(file))!)
				// A page's own files may be reached from the shell beside them: both are the top floor.
				.filter((target) => !(floorOf.get(roomOf(target)) === floors.length - 1 && roomOf(file) === 'routes'))
				.map((target) => `${file} → ${target}`)
		);
		expect(climbs).toEqual([]);
	});

	it('has no circle among its files', () => {
		const graph = new Map(files.map((file) => [file, importsOf(file, { withTypes: false })]));
		const done = new Set<string>();
		const circles: string[] = [];
		const walk = (file: string, path: string[]) => {
			if (path.includes(file))
				return void circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
			if (done.has(file)) return;
			for (const target of graph.get(file) ?? []) walk(target, [...path, file]);
			done.add(file);
		};
		for (const file of files) walk(file, []);
		expect(circles).toEqual([]);
	});

	it('has no import that climbs between the rooms of the engine', () => {
		const inside = files.filter((file) => engineRoomOf(file) !== null);
		expect(inside.map(engineRoomOf).filter((room) => !engineRooms.includes(room!))).toEqual([]);
		const climbs = inside.flatMap((file) =>
			importsOf(file)
				.filter(
					(target) => engineRooms.indexOf(engineRoomOf(target)!) > engineRooms.indexOf(engineRoomOf(file)!)
				)
				.map((target) => `${file} → ${target}`)
		);
		expect(climbs).toEqual([]);
	});

	it('keeps clock, chance, environment and I/O out of the pure rooms', () => {
		const impure = files
			.filter((file) => ['scoring', 'spatial'].includes(roomOf(file)))
			.filter((file) =>
				/Date\.now|new Date\(\)|Math\.random|process\.|from 'node:|fetch\(/.test(
					readFileSync(join(root, file), 'utf8')
				)
			);
		expect(impure).toEqual([]);
	});

	it('leaves SvelteKit’s own modules to routes and components, so that commands run under plain Node', () => {
		const bound = files
			.filter((file) => file.startsWith('src/lib/') && file.endsWith('.ts') && !file.endsWith('.svelte.ts'))
			.filter((file) => /from '\$(app|env|lib)/.test(readFileSync(join(root, file), 'utf8')));
		expect(bound).toEqual([]);
	});
});
