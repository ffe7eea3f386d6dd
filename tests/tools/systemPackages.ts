import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { postgresPrograms } from '../database/support/postgresCluster.ts';

interface SystemPackage {
	name: string;
	/** What Debian calls it. */
	debian: string[];
	isThere(): boolean;
	/** What else may be tried where Debian's packages cannot be installed. */
	otherwise?(): void;
}

const onPath = (program: string): boolean =>
	(process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`));

/** An installed Chromium, or null: then Playwright's own is used. */
export function installedChromium(): string | null {
	const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
	return places.find((place) => existsSync(place)) ?? null;
}

const hasPostgres = (): boolean => {
	try {
		postgresPrograms();
		return existsSync('/usr/share/postgresql') || onPath('postgres');
	} catch {
		return false;
	}
};

const hasPostgis = (): boolean =>
	hasPostgres() &&
	[15, 16, 17, 18].some((version) =>
		existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`)
	);

const packages: SystemPackage[] = [
	{
		name: 'Chromium',
		debian: ['chromium'],
		isThere: () => installedChromium() !== null,
		otherwise: () =>
			execFileSync('node_modules/.bin/playwright', ['install', 'chromium'], { stdio: 'inherit' })
	},
	{ name: 'Poppler', debian: ['poppler-utils'], isThere: () => onPath('pdftotext') && onPath('pdftoppm') },
	{ name: 'GDAL', debian: ['gdal-bin'], isThere: () => onPath('ogr2ogr') },
	{
		name: 'PostgreSQL with PostGIS',
		debian: ['postgresql-15', 'postgresql-15-postgis-3'],
		isThere: hasPostgis
	}
];

/** Installs what the tests need and the machine lacks. @returns the names of what is still missing. */
export function installSystemPackages(): string[] {
	const lacking = packages.filter((each) => !each.isThere());
	if (lacking.length === 0) return [];
	const isDebianRoot = process.getuid?.() === 0 && onPath('apt-get');
	console.log(`Installing ${lacking.map((each) => each.name).join(', ')} …`);
	if (isDebianRoot) installFromDebian(lacking.flatMap((each) => each.debian));
	else for (const each of lacking) each.otherwise?.();
	return packages
		.filter((each) => !each.isThere() && !(each.otherwise && !isDebianRoot))
		.map((each) => each.name);
}

function installFromDebian(names: string[]): void {
	const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
	execFileSync('apt-get', ['update', '-qq'], options);
	execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}
