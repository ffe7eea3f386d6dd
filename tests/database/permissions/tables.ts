/** Who may see which rows of each table and view of `public`, in the words of the street. */

export interface Viewer {
	userId: string;
	/** Scopes of their memberships as staff. */
	scopes: string[];
	/** Scopes they administer. */
	administered: string[];
	/** Scopes they lead or administer. */
	overseen: string[];
	/** Scopes they inspect. */
	inspected: string[];
	/** Enterprises they answer for. */
	own: string[];
	/** Scopes of every membership, a principal's too. */
	reached: string[];
	agencies: string[];
}

export type Row = Record<string, unknown>;
/** What a rule needs of other tables. */
export interface World {
	uploads: Row[];
	uses: Row[];
	offers: Row[];
	supervisions: Row[];
	supervisionPhotos: Row[];
	tipoffs: Row[];
	tipoffPhotos: Row[];
}

type Rule = (row: Row, viewer: Viewer, world: World) => boolean;

const covers = (scope: string, other: unknown) => String(other).startsWith(scope);
const within = (scopes: string[], scope: unknown) => scopes.some((one) => covers(one, scope));
const isMember = (viewer: Viewer) => viewer.reached.length > 0;

const inScope: Rule = (row, viewer) => within(viewer.scopes, row.scope);
const inScopeOrOwn: Rule = (row, viewer, world) =>
	inScope(row, viewer, world) || viewer.own.includes(String(row.enterprise_id));
const everyMember: Rule = (_row, viewer) => isMember(viewer);
const administered: Rule = (row, viewer) => within(viewer.administered, row.scope ?? '');
const onThePath = (scopes: string[], scope: unknown) =>
	scopes.some((one) => covers(one, scope) || covers(String(scope), one));
const uploadedByMe: Rule = (row, viewer) => isMember(viewer) && row.uploader === viewer.userId;
const betweenUs: Rule = (row, viewer) =>
	within(viewer.scopes, row.scope) && [row.offered_by, row.companion_id].includes(viewer.userId);

const supervised: Rule = (row, viewer) =>
	within(viewer.overseen, row.scope) || (row.owner_id === viewer.userId && within(viewer.scopes, row.scope));
const ofSupervised: Rule = (row, viewer, world) =>
	world.supervisions.some(({ id, ...rest }) => id === row.supervision_id && supervised(rest, viewer, world));

const toldOf: Rule = (row, viewer) =>
	within(viewer.overseen, row.scope) ||
	(['accepted', 'checked', 'answered'].includes(String(row.state)) && within(viewer.inspected, row.scope));
const ofTold: Rule = (row, viewer, world) =>
	world.tipoffs.some(({ id, ...rest }) => id === row.tipoff_id && toldOf(rest, viewer, world));

const evidence: Rule = (row, viewer, world) =>
	world.uploads.some((upload) => upload.sha256 === row.sha256 && uploadedByMe(upload, viewer, world)) ||
	world.uses.some((use) => use.sha256 === row.sha256 && inScopeOrOwn(use, viewer, world)) ||
	world.supervisionPhotos.some(
		(photo) => photo.sha256 === row.sha256 && ofSupervised(photo, viewer, world)
	) ||
	world.tipoffPhotos.some((photo) => photo.sha256 === row.sha256 && ofTold(photo, viewer, world)) ||
	world.offers.some(
		(offer) =>
			offer.companion_id === viewer.userId &&
			betweenUs(offer, viewer, world) &&
			String(offer.content_text).includes(String(row.sha256)) &&
			world.uploads.some(({ sha256, uploader }) => sha256 === row.sha256 && uploader === offer.offered_by)
	);

export interface TableEntry {
	/** Which rows, in words. */
	says: string;
	sees: Rule;
	/** Columns that nobody reads over the API. */
	hidden?: string[];
}

const entry = (says: string, sees: Rule, hidden?: string[]): TableEntry => ({
	says,
	sees,
	...(hidden && { hidden })
});
const staffAndOwn = entry('staff what lies in their scope, a principal their own', inScopeOrOwn);
const staffOnly = entry('staff what lies in their scope, a principal nothing', inScope);
const personal = entry(
	"everybody their own, nobody another one's",
	(row, viewer) => row.user_id === viewer.userId
);
const dictionary = entry('everybody with a membership everything', everyMember);
const alongTheTree = entry('staff what lies in their scope and above it', (row, viewer) =>
	onThePath(viewer.scopes, row.scope)
);
const reaching = entry('members what lies in their scope and what reaches them from above', (row, viewer) =>
	onThePath(viewer.reached, row.scope)
);

/** 现场检查方案, 协查单, 督办卡 and 隐患逾期未整改报告: about an enterprise, but not for it to read. */
const isInternalPaper = (kind: unknown) =>
	['inspection_plan', 'assistance_request', 'supervision_card', 'overdue_report'].includes(String(kind));
const exceptInternal = (kindOf: (row: Row) => unknown): TableEntry =>
	entry(
		'staff what lies in their scope, a principal their own except internal papers',
		(row, viewer, world) =>
			inScope(row, viewer, world) || (inScopeOrOwn(row, viewer, world) && !isInternalPaper(kindOf(row)))
	);

export const tables: Record<string, TableEntry> = {
	agencies: reaching,
	settings: reaching,
	memberships: entry(
		'staff those in their scope, everybody their own',
		(row, viewer, world) => row.user_id === viewer.userId || inScope(row, viewer, world)
	),
	invitations: entry('administrators those in their scope', administered, ['token_sha256', 'accepted_by']),
	api_keys: entry('administrators those of their scope', administered, ['key_sha256']),
	audit_log: entry('administrators that of their scope', administered),
	areas: alongTheTree,
	area_versions: { ...alongTheTree, hidden: ['boundary', 'changed_by'] },
	current_areas: alongTheTree,
	site_types: dictionary,
	risk_tags: dictionary,
	checklists: dictionary,
	checklist_versions: dictionary,
	checklist_items: dictionary,
	scheme_packs: dictionary,
	scheme_activations: dictionary,
	enterprises: entry(
		'staff those in their scope, a principal their own',
		(row, viewer, world) => inScopeOrOwn({ ...row, enterprise_id: row.id }, viewer, world),
		['location', 'ordinal']
	),
	principals: staffOnly,
	enterprise_principals: staffAndOwn,
	special_equipment: staffAndOwn,
	risk_points: staffAndOwn,
	inspections: staffAndOwn,
	answers: staffAndOwn,
	hazards: staffAndOwn,
	hazard_transitions: staffAndOwn,
	rectifications: staffAndOwn,
	hazard_extensions: staffAndOwn,
	major_cases: staffAndOwn,
	major_steps: staffAndOwn,
	reminders: staffAndOwn,
	notices: entry(
		'everybody their own, of places they still see',
		(row, viewer, world) => personal.sees(row, viewer, world) && inScopeOrOwn(row, viewer, world)
	),
	notice_choices: personal,
	push_subscriptions: { ...personal, hidden: ['p256dh', 'auth_secret'] },
	notice_attempts: entry('administrators those of their scope', administered),
	escalations: staffOnly,
	signatures: staffAndOwn,
	evidence_uses: staffAndOwn,
	evidence: entry('who put a file there, who sees its use, who is asked to sign it', evidence),
	evidence_uploads: entry('members their own uploads', uploadedByMe),
	check_ins: staffOnly,
	inspection_offers: entry('the two inspectors', betweenUs),
	cosignatures: entry(
		'the two inspectors',
		(row, viewer, world) =>
			(row.user_id === viewer.userId && within(viewer.scopes, row.scope)) ||
			world.offers.some(
				(offer) => offer.inspection_id === row.inspection_id && betweenUs(offer, viewer, world)
			)
	),
	records: exceptInternal((row) => JSON.parse(String(row.canonical_text)).body?.kind),
	documents: exceptInternal(({ kind }) => kind),
	document_signatures: entry(
		'staff what lies in their scope, a principal their own except of internal papers',
		(row, viewer, world) =>
			inScope(row, viewer, world) || (inScopeOrOwn(row, viewer, world) && row.is_internal === false)
	),
	deliveries: {
		...staffAndOwn,
		hidden: [
			'screen_token_sha256',
			'paper_token_sha256',
			'code_sha256',
			'serial',
			'failed_codes',
			'last_failed_at'
		]
	},
	delivery_events: staffAndOwn,
	paper_receipts: staffAndOwn,
	document_counters: entry('staff those of their agency', (row, viewer) =>
		viewer.agencies.includes(String(row.agency_id))
	),
	events: staffAndOwn,
	facts: staffAndOwn,
	device_alarms: staffOnly,
	registered_events: entry(
		'staff what lies in their scope, a principal what was entered of their own',
		(row, viewer, world) =>
			inScope(row, viewer, world) ||
			(['entered', 'withdrawn'].includes(String(row.state)) && viewer.own.includes(String(row.enterprise_id)))
	),
	score_accounts: staffAndOwn,
	score_entries: staffAndOwn,
	measures: entry(
		'staff what lies in their scope, a principal what was ordered of their own',
		(row, viewer, world) =>
			inScope(row, viewer, world) ||
			(['ordered', 'done'].includes(String(row.state)) && viewer.own.includes(String(row.enterprise_id)))
	),
	document_voids: staffOnly,
	corrections: staffAndOwn,
	setting_versions: entry('administrators those of their scope', administered),
	agency_versions: entry('administrators those of their scope', administered),
	inspection_plans: staffOnly,
	inspection_plan_steps: staffOnly,
	supervisions: entry('who is in charge there, and who is asked', supervised),
	supervision_steps: entry('who sees the 督办 they belong to', ofSupervised),
	supervision_photos: entry('who sees the 督办 they belong to', ofSupervised),
	third_party_opinions: staffAndOwn,
	tipoffs: entry('who is in charge there, inspectors once it is taken up', toldOf, ['code_sha256']),
	tipoff_steps: entry('who sees the 举报 they belong to', ofTold),
	tipoff_photos: entry('who sees the 举报 they belong to', ofTold),
	check_tasks: { ...staffOnly, hidden: ['token_sha256'] },
	check_ratings: entry(
		'who is in charge there, never who was rated',
		(row, viewer) =>
			within(viewer.overseen, row.scope) && !(row.officer_ids as string[]).includes(viewer.userId)
	),
	attention_scores: staffOnly,
	enterprise_tallies: staffAndOwn,
	frozen_months: dictionary,
	monthly_visits: staffOnly,
	monthly_hazards: staffOnly,
	monthly_occurrences: staffOnly,
	tally_flows: staffOnly,
	tally_deadlines: staffOnly,
	tally_visits: staffOnly
};
