import Building2 from '@lucide/svelte/icons/building-2';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import ChartSpline from '@lucide/svelte/icons/chart-spline';
import ClipboardList from '@lucide/svelte/icons/clipboard-list';
import FileCheck from '@lucide/svelte/icons/file-check';
import Hammer from '@lucide/svelte/icons/hammer';
import House from '@lucide/svelte/icons/house';
import Inbox from '@lucide/svelte/icons/inbox';
import Layers from '@lucide/svelte/icons/layers';
import MapIcon from '@lucide/svelte/icons/map';
import Scale from '@lucide/svelte/icons/scale';
import PenLine from '@lucide/svelte/icons/pen-line';
import MessageSquareWarning from '@lucide/svelte/icons/message-square-warning';
import Megaphone from '@lucide/svelte/icons/megaphone';
import Star from '@lucide/svelte/icons/star';
import Settings from '@lucide/svelte/icons/settings';
import OctagonAlert from '@lucide/svelte/icons/octagon-alert';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import { hasRole, type Membership, type MemberRole } from '#lib/identity/identity.ts';
import type { MessageKey, Translate } from '#lib/messages/index.ts';
import type { NavigationItem } from '#lib/ui/Shell.svelte';

interface Place {
	href: string;
	label: MessageKey;
	icon: NavigationItem['icon'];
	roles: MemberRole[];
	/** Without it always in the bar. */
	room?: NavigationItem['room'];
}

const overseers: MemberRole[] = ['leader', 'administrator'];
const visitors: MemberRole[] = ['inspector', 'community_worker'];

const places: Place[] = [
	{ href: '/round', label: 'nav.round', icon: ClipboardList, roles: visitors },
	{ href: '/', label: 'nav.overview', icon: MapIcon, roles: [...overseers, ...visitors] },
	{
		href: '/hazards',
		label: 'nav.hazards',
		icon: TriangleAlert,
		roles: [...overseers, ...visitors]
	},
	{
		href: '/majors',
		label: 'nav.majors',
		icon: OctagonAlert,
		roles: [...overseers, ...visitors],
		room: 'desk'
	},
	{
		href: '/enterprises',
		label: 'nav.enterprises',
		icon: Building2,
		roles: [...overseers, ...visitors]
	},
	{
		href: '/measures',
		label: 'nav.measures',
		icon: Hammer,
		roles: [...overseers, ...visitors],
		room: 'menu'
	},
	{
		href: '/supervision',
		label: 'nav.supervision',
		icon: Megaphone,
		roles: [...overseers, ...visitors],
		room: 'desk'
	},
	{
		href: '/tipoffs',
		label: 'nav.tipoffs',
		icon: MessageSquareWarning,
		roles: [...overseers, 'inspector'],
		room: 'menu'
	},
	{
		href: '/plans',
		label: 'nav.plans',
		icon: FileCheck,
		roles: ['inspector', ...overseers],
		room: 'menu'
	},
	{ href: '/cosign', label: 'nav.cosign', icon: PenLine, roles: ['inspector'] },
	{ href: '/rankings', label: 'nav.rankings', icon: ChartColumn, roles: overseers },
	{
		href: '/dashboard',
		label: 'nav.dashboard',
		icon: ChartSpline,
		roles: [...overseers, ...visitors],
		room: 'desk'
	},
	{ href: '/areas', label: 'nav.areas', icon: Layers, roles: ['leader'], room: 'menu' },
	{ href: '/ratings', label: 'nav.ratings', icon: Star, roles: overseers, room: 'menu' },
	{ href: '/reports', label: 'nav.reports', icon: Inbox, roles: ['inspector'], room: 'menu' },
	{ href: '/my', label: 'nav.my', icon: House, roles: ['principal'] },
	{ href: '/admin/schemes', label: 'nav.schemes', icon: Scale, roles: ['leader'], room: 'menu' },
	{ href: '/admin', label: 'nav.admin', icon: Settings, roles: ['administrator'] }
];

/** The links of the main bar for what somebody is, with the one they are at. */
export const navigationFor = (memberships: Membership[], pathname: string, t: Translate): NavigationItem[] =>
	places
		.filter(({ roles }) => hasRole(memberships, ...roles))
		.map(({ href, label, icon, room = 'bar' }) => ({
			href,
			label: t(label),
			icon,
			current: href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`),
			room
		}));
