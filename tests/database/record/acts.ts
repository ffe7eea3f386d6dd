import { randomUUID } from 'node:crypto';
import type { ActBody, ActBodyOf, ActKind } from '#lib/document/acts.ts';
import { addDays, type IsoDate } from '#lib/calendar.ts';
import type { Membership, MemberRole } from '#lib/identity/identity.ts';
import { issueAct } from '#lib/record/act.server.ts';
import type { Person, TestBackend } from '../support/testBackend.ts';
import { ids, licences, type Street } from './street.ts';

/** A paper of each kind, as its form would send it on this day. */
export function actBodies(street: Street, today: IsoDate): { [Kind in ActKind]: ActBodyOf<Kind> } {
	const common = { items: ['燃气报警装置', '疏散通道'], day: addDays(today, 7), basis: null };
	return {
		inspection_plan: {
			...common,
			kind: 'inspection_plan',
			matter: '年度监督检查计划（示例）',
			basis: '《中华人民共和国安全生产法》第九条第二款',
			inspectionKind: 'planned',
			officers: [{ userId: street.wang.userId, name: '王检', licence: licences.wang }],
			nthOfYear: 1,
			checklists: ['餐饮店检查表（示例）'],
			drafter: { userId: street.wang.userId, name: '王检' }
		},
		inspection_notice: {
			...common,
			kind: 'inspection_notice',
			matter: '年度监督检查计划（示例）',
			officers: [{ userId: street.wang.userId, name: '王检', licence: licences.wang }],
			nthOfYear: 1,
			preparations: ['安全管理制度']
		},
		assistance_request: {
			...common,
			kind: 'assistance_request',
			matter: '核实经营范围',
			addressee: '示例区市场监督管理局'
		},
		reminder_notice: { ...common, kind: 'reminder_notice', matter: '气温下降，用气量增加' },
		supervision_card: {
			...common,
			kind: 'supervision_card',
			matter: '逾期隐患未整改',
			addressee: '第一社区居民委员会'
		},
		overdue_report: {
			...common,
			kind: 'overdue_report',
			matter: '限期整改意见书所列隐患逾期未整改',
			addressee: '示例区应急管理局',
			measures: ['发出安全生产提示单']
		},
		supervision_opinion: {
			...common,
			kind: 'supervision_opinion',
			matter: '节前安全管理',
			supervisedOn: addDays(today, -1)
		}
	};
}

export const restaurantCard = {
	id: ids.restaurant,
	name: '示例餐饮店',
	creditCode: '91000000MA1T00013A',
	address: '示例路1号'
};

/** Somebody's membership in the street, as their session would have it. */
export const memberOf = (role: MemberRole, displayName: string): Membership => ({
	id: randomUUID(),
	role,
	agencyId: ids.agency,
	scope: '0001',
	enterpriseId: null,
	displayName,
	licenceNumber: null,
	licenceValidUntil: null,
	agencyName: null,
	placeName: null
});

/** Issues a paper through the door that the page uses. */
export const issuedBy = (
	opened: TestBackend,
	street: Street,
	{
		person,
		role,
		name,
		body,
		id = randomUUID()
	}: {
		person: Person;
		role: MemberRole;
		name: string;
		body: ActBody;
		id?: string;
	}
) =>
	issueAct(
		opened.backend,
		street.as(person),
		{ userId: person.userId, membership: memberOf(role, name) },
		{ id, card: restaurantCard, body }
	);
