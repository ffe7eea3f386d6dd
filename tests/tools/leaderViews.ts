import type { NamedPage } from '../e2e/support/pages.ts';

/**
 * The leaders' pages as they are looked at beside the daylight pictures of every page at a phone and at a desk:
 * on a large screen, by night, with two kinds of colour blindness, without script, without WebGL.
 */
export interface View {
	/** File name of its picture. */
	name: string;
	path: string;
	size: keyof typeof viewSizes;
	colorScheme?: 'dark';
	/** How the colours reach the eye; Chromium has these two and more. */
	vision?: 'deuteranopia' | 'protanopia';
	lacks?: 'script' | 'webgl';
}

export const viewSizes = {
	phone: { width: 360, height: 800 },
	desktop: { width: 1440, height: 900 },
	wide: { width: 3840, height: 2160 },
	hd: { width: 1920, height: 1080 }
};

type Look = Omit<View, 'name' | 'path'>;

const looks = {
	phone: { size: 'phone' },
	desktop: { size: 'desktop' },
	wide: { size: 'wide' },
	hd: { size: 'hd' },
	'dark-phone': { size: 'phone', colorScheme: 'dark' },
	'dark-desktop': { size: 'desktop', colorScheme: 'dark' },
	'dark-wide': { size: 'wide', colorScheme: 'dark' },
	'deuteranopia-phone': { size: 'phone', vision: 'deuteranopia' },
	'deuteranopia-desktop': { size: 'desktop', vision: 'deuteranopia' },
	'deuteranopia-hd': { size: 'hd', vision: 'deuteranopia' },
	'protanopia-desktop': { size: 'desktop', vision: 'protanopia' },
	'protanopia-dark-desktop': { size: 'desktop', vision: 'protanopia', colorScheme: 'dark' },
	'no-script-phone': { size: 'phone', lacks: 'script' },
	'no-script-desktop': { size: 'desktop', lacks: 'script' },
	'no-webgl-desktop': { size: 'desktop', lacks: 'webgl' }
} as const satisfies Record<string, Look>;
type LookName = keyof typeof looks;

/** Two days of the sample street that lie half a year apart, whenever it was made. */
function daysToCompare(today: string): string {
	const before = new Date(Date.parse(today) - 182 * 86_400_000).toISOString().slice(0, 10);
	return `/?tab=map&on=${today}&against=${before}`;
}

/** @param pages what a leader may open, under the names of their daylight pictures */
export function leaderViews(pages: readonly NamedPage[], today: string): View[] {
	const paths: Record<string, string> = {
		...Object.fromEntries(pages.map(({ name, path }) => [name, path])),
		'overview-heat': '/?tab=map&layer=heat',
		'overview-overdue': '/?tab=map&layer=overdue',
		'overview-risk': '/?tab=map&layer=risk',
		'overview-smoothed': '/?tab=map&layer=smoothed',
		'overview-hot': '/?tab=map&layer=hot',
		'overview-hexagons': '/?tab=map&layer=hexagons',
		'overview-compared': daysToCompare(today)
	};
	const night = ['dark-phone', 'dark-desktop'] as const;
	const wanted: Record<string, readonly LookName[]> = {
		overview: [
			'wide',
			...night,
			'dark-wide',
			'deuteranopia-phone',
			'deuteranopia-desktop',
			'protanopia-desktop',
			'protanopia-dark-desktop',
			'no-script-phone',
			'no-script-desktop',
			'no-webgl-desktop'
		],
		'overview-map': ['dark-phone'],
		'overview-heat': ['desktop', 'deuteranopia-desktop'],
		'overview-overdue': ['desktop'],
		'overview-risk': ['desktop', 'deuteranopia-desktop'],
		'overview-smoothed': ['desktop'],
		'overview-hot': ['phone', 'desktop', 'dark-desktop', 'deuteranopia-desktop'],
		'overview-hexagons': ['phone', 'desktop', 'dark-desktop', 'deuteranopia-desktop'],
		'overview-compared': ['phone', 'desktop', 'dark-desktop', 'deuteranopia-desktop'],
		screen: ['hd', 'wide', 'deuteranopia-hd'],
		dashboard: ['wide', ...night, 'deuteranopia-desktop'],
		rankings: ['wide', ...night, 'deuteranopia-desktop'],
		'rankings-smoothed': ['dark-desktop'],
		areas: night,
		supervisions: night,
		supervision: night,
		'supervision-new': night
	};
	return Object.entries(wanted).flatMap(([name, kinds]) =>
		kinds.map((kind) => ({ name: `${name}-${kind}`, path: paths[name]!, ...looks[kind] }))
	);
}

/** The rooms of an area by night: an administrator draws its boundary there. */
export function areaViews(pages: readonly NamedPage[]): View[] {
	return pages
		.filter(({ name }) => name.startsWith('admin-area'))
		.flatMap(({ name, path }) =>
			(['dark-phone', 'dark-desktop'] as const).map((kind) => ({
				name: `${name}-${kind}`,
				path,
				...looks[kind]
			}))
		);
}
