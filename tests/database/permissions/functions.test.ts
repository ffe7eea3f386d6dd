/**
 * Who may call what: every function of `public` and `app`, from the catalogue. One without an entry here fails, so a new
 * function is decided upon, never left to a default.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeStreet, type Street } from '../record/street.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

/** With one's own token; each checks by itself who is asking. */
const forUsers = [
	'acts_of approve_plan issue_act plan_of_visit plan_rows read_document read_plan step_plan submit_plan number_ledger void_document',
	'correct_inspection corrections_of',
	'accept_invitation add_agency add_enterprise administered_areas administered_enterprises administered_invitations',
	'administered_member administered_members administration_summary adopt_report area_boundaries assign_enterprise_area',
	'area_figures area_history area_surroundings area_tree change_areas misplaced_enterprises reassign_enterprises',
	'appeal_entry complete_measure confirm_band cosign_inspection cosignature_of create_invitation daily_flows decide_entry declared_schemes drop_measure',
	'end_membership enterprise_account enterprise_ranking',
	'enterprise_card enterprise_history hazard_ledger hazard_rows import_areas import_enterprises map_enterprise enterprise_lines past_sites search_enterprises matters measure_rows',
	'device_alarms_of dismiss_device_alarm import_device_alarms record_device_alarm',
	'answer_proposed_event register_event registered_events_of withdraw_event',
	'activate_scheme add_pack facts_for_trial schemes withdraw_scheme',
	'dashboard monthly_ranking occurrences_of_months rate_beside_kind',
	'close_risk_point note_backup offer_for_cosigning order_measure order_measures overview place_waiting_enterprises points_inside_areas post_check_in publish_decision rankings',
	'read_measure read_report revoke_invitation round save_risk_point save_agency save_setting save_settings seal_inspection set_licence visit_bundle',
	'create_api_key foreign_ranking foreign_registers foreign_visits import_foreign_register revoke_api_key',
	'notice_overview own_notices remove_push_subscription save_notice_choice save_push_subscription',
	'answer_objection decide_extensions drop_escalation escalation_rows extension_rows objection_rows read_escalation',
	'major_rows read_major take_major_step',
	'delivery_of record_paper_receipt reissue_delivery revoke_delivery',
	'open_case',
	'assign_supervision read_supervision recent_changes step_supervision supervision_matter supervision_rows',
	'open_check_task rating_rows',
	'read_tipoff read_tipoff_reporter step_tipoff tipoff_rows decide_opinion opinions_of record_opinion',
	'waiting_reports who_am_i withdraw_offer'
].flatMap((line) => line.split(' '));

/** With the secret key only: start-up, assessor, document worker, event reader, QR pages, invitations, evidence. */
const forTheServer = [
	'freeze_month map_rows map_row_count tally_keys tally_page',
	'api_collections api_features',
	'bootstrap_administrator document_source documents_to_render enterprises_to_assess facts_for_assessment',
	'install_dictionary install_pack load_history note_delivery_opened note_render_problem note_shipped_content',
	'note_sign_in shipped_content',
	'make_reminders',
	'begin_notice_attempts end_notice_attempt make_notices notices_to_plan plan_notices',
	'object_to_delivery read_chain read_delivery read_event_chain read_events read_invitation read_packs read_supervision_defects receive_delivery',
	'file_major_step load_major_history read_delivered_major read_major_courses',
	'rate_check read_check_task',
	'register_delivery_evidence register_evidence request_extension store_assessments store_document_pdf submit_rectification',
	'follow_tipoff register_tipoff_evidence submit_tipoff tipoff_places',
	'read_evidence_files read_proof_defects read_record_rows',
	'documents_to_sign note_pdf_certificate store_document_signature',
	'sites_for_attention store_attention streets_for_attention unlock_delivery verify_hash'
].flatMap((line) => line.split(' '));

/** An administrator of everything, and the commands that repair and rotate. */
const forBoth = ['declared_scheme_of', 'note_key_rotation', 'recount_months', 'recount_tallies'];

/** Helpers that policies and defaults call in the caller's name; PostgREST does not show their schema. */
const helpersForUsers = [
	'active_memberships administered_scopes below clock_now credit_code_is_valid is_member inspected_scopes is_offered_to_me membership_for',
	'now overseen_scopes own_enterprises scope_range setting shanghai_date today visible_scopes'
].flatMap((line) => line.split(' '));
const helpersForVisitors = ['clock_now', 'now', 'shanghai_date', 'today'];

interface FunctionRow {
	schema: string;
	name: string;
	arguments: string[] | null;
	anon: boolean;
	users: boolean;
	server: boolean;
	isPublic: boolean;
	isDefiner: boolean;
	hasSearchPath: boolean;
	isLanguage: boolean;
}

let opened: TestBackend;
let street: Street;
let functions: FunctionRow[];

beforeAll(async () => {
	opened = await openTestBackend();
	street = await makeStreet(opened);
	await opened.sql(
		`insert into public.memberships (user_id, role, agency_id, scope, display_name) values ($1, 'administrator', $2, '', '高主任')`,
		[street.wang.userId, street.agencyId]
	);
	functions = await opened.sql<FunctionRow>(
		`select n.nspname as schema, p.proname as name, to_jsonb(p.proargnames[1:p.pronargs]) as arguments,
			has_function_privilege('anon', p.oid, 'execute') as anon, has_function_privilege('authenticated', p.oid, 'execute') as users,
			has_function_privilege('service_role', p.oid, 'execute') as server,
			p.proacl is null or exists (select 1 from aclexplode(p.proacl) a where a.grantee = 0) as "isPublic",
			p.prosecdef as "isDefiner", coalesce('search_path=""' = any (p.proconfig), false) as "hasSearchPath",
			l.lanname in ('sql', 'plpgsql') as "isLanguage"
		from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
		where n.nspname in ('public', 'app') order by 1, 2`
	);
});
afterAll(() => opened.close());

const named = (rows: FunctionRow[]) => [...new Set(rows.map(({ name }) => name))].sort();
const shown = () => functions.filter(({ schema }) => schema === 'public');
const hidden = () => functions.filter(({ schema }) => schema === 'app');

test('every function that PostgREST shows has an entry', () => {
	expect(named(shown())).toEqual([...forUsers, ...forTheServer, ...forBoth].sort());
});

test('each is granted to those it is for, and to nobody else', () => {
	expect(named(shown().filter(({ users }) => users))).toEqual([...forUsers, ...forBoth].sort());
	expect(named(shown().filter(({ server }) => server))).toEqual(
		expect.arrayContaining([...forTheServer, ...forBoth].sort())
	);
	expect(named(shown().filter(({ anon }) => anon))).toEqual([]);
	expect(named(hidden().filter(({ users }) => users))).toEqual([...helpersForUsers].sort());
	expect(named(hidden().filter(({ anon }) => anon))).toEqual([...helpersForVisitors].sort());
});

test('none is granted to PUBLIC', () => {
	expect(named(functions.filter(({ isPublic }) => isPublic))).toEqual([]);
});

test('each names what it means: an empty search path, above all with the rights of its owner', () => {
	expect(named(functions.filter(({ isDefiner, hasSearchPath }) => isDefiner && !hasSearchPath))).toEqual([]);
	const inlined = ['dashboard_hazards', 'hazard_heat', 'is_below', 'listed_hazards', 'map_text', 'open_heat'];
	expect(named(functions.filter(({ isLanguage, hasSearchPath }) => isLanguage && !hasSearchPath))).toEqual(
		inlined
	);
});

describe('called over the API', () => {
	/** The function with nothing in its arguments: whoever may call it gets past the door, whatever it says then. */
	const codeOf = async (client: unknown, { name, arguments: names }: FunctionRow) => {
		const args = Object.fromEntries((names ?? []).map((argument) => [argument, null]));
		const { error } = await (client as SupabaseClient).rpc(name, args);
		return [name, error?.code];
	};

	test('a visitor is refused every function', async () => {
		for (const row of shown())
			expect(await codeOf(opened.backend.asAnonymous(), row)).toEqual([row.name, '42501']);
	});

	test('an administrator of everything is refused what only the server may do', async () => {
		for (const row of shown().filter(({ name }) => forTheServer.includes(name)))
			expect(await codeOf(street.as(street.wang), row)).toEqual([row.name, '42501']);
	});

	test('a helper is not there at all', async () => {
		const client = street.as(street.wang) as unknown as SupabaseClient;
		for (const name of ['seal', 'add_fact', 'append_record', 'visible_scopes']) {
			const { data, error } = await client.rpc(name, {});
			expect([name, data, error === null]).toEqual([name, null, false]);
		}
	});
});
