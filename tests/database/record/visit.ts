import { randomUUID } from 'node:crypto';
import type { InspectionContent } from '#lib/record/content.ts';
import type { Hazard } from '#lib/hazard/hazard.ts';
import type { Strokes } from '#lib/inspection/inspection.ts';
import { licences, type Street } from './street.ts';

export const drawn: Strokes = {
	widthPixels: 320,
	heightPixels: 160,
	strokes: [[0, 20, 40, 60, 80].map((x, t) => ({ x, y: 50 + (t % 2) * 20, t: t * 30 }))]
};
export const dot: Strokes = { ...drawn, strokes: [[{ x: 1, y: 1, t: 0 }]] };

export interface VisitOptions {
	street: Street;
	/** The start of the visit, an instant. */
	at: Date;
	kind?: InspectionContent['kind'];
}

const minutesLater = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000).toISOString();

/** A clean check by Wang alone, signed by the person on site; tests change what they are about. */
export function cleanVisit({ street, at, kind = 'planned' }: VisitOptions): InspectionContent {
	const answers = Object.entries({ 'gas.alarm': street.items.alarm, 'exit.clear': street.items.exit });
	return {
		format: 'mingcha.inspection/1',
		id: randomUUID(),
		kind,
		rechecks: null,
		supersedes: null,
		enterprise: {
			id: street.restaurantId,
			name: '示例餐饮店',
			creditCode: '91000000MA1T00013A',
			address: '示例路1号',
			principalName: null,
			principalPhone: null,
			siteType: 'restaurant'
		},
		agencyId: street.agencyId,
		place: '后厨',
		taskSource: null,
		checkIn: {
			at: at.toISOString(),
			position: {
				longitude: 121.001,
				latitude: 31.001,
				accuracyMetres: 9,
				fixedAt: at.toISOString(),
				source: 'device'
			},
			distanceMetres: 18,
			reason: null
		},
		notChecked: null,
		checklistVersionIds: [street.versionId],
		answers: answers.map(([itemCode, itemId]) => ({
			itemId,
			itemCode,
			part: '后厨',
			text: itemCode,
			answer: 'pass' as const
		})),
		hazards: [],
		verdicts: [],
		provisional: null,
		electronicDelivery: true,
		onSite: {
			outcome: 'signed',
			name: '周店长',
			duty: '店长',
			phone: null,
			signature: drawn,
			at: minutesLater(at, 20)
		},
		inspector: {
			userId: street.wang.userId,
			name: '王检',
			licence: licences.wang,
			signature: drawn,
			at: minutesLater(at, 21)
		},
		companionId: null,
		evidence: [],
		deliveryId: randomUUID(),
		device: { endedAt: minutesLater(at, 22), clockOffsetMilliseconds: 0 }
	};
}

export function alarmHazard(street: Street, deadline: string | null, more: Partial<Hazard> = {}): Hazard {
	return {
		id: randomUUID(),
		itemId: street.items.alarm,
		itemCode: 'gas.alarm',
		part: '后厨',
		severity: 'general',
		cause: 'object',
		description: '未装可燃气体报警装置',
		legalBasis: '《安全生产法》第三十六条第四款',
		acceptance: '已安装，现场测试报警',
		measure: deadline ? 'deadline' : 'on_spot',
		deadline,
		position: null,
		photos: [],
		proof: [],
		...more
	};
}

/** The visit with the gas alarm failed and its hazard written down. */
export function withHazard(visit: InspectionContent, hazard: Hazard): InspectionContent {
	return {
		...visit,
		hazards: [...visit.hazards, hazard],
		answers: visit.answers.map((answer) =>
			answer.itemId === hazard.itemId ? { ...answer, answer: 'fail' as const } : answer
		)
	};
}
