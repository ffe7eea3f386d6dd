import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { everySample } from '#lib/document/sampleContent.ts';
import { sampleAgencyTemplate } from '#lib/document/agencyTemplate.ts';
import { administeredAreas } from '#lib/identity/administration.server.ts';
import { enteredText, readForm } from '#lib/identity/credentials.ts';
import { agencyNameFields } from '#lib/identity/invitation.ts';
import {
	addAgency,
	administeredAgencies,
	deadlineRulesAt,
	readSettingVersions,
	rulesAt,
	saveAgency,
	saveDeadlineRules,
	saveRules
} from '#lib/identity/settings.server.ts';
import { readNoticeOverview } from '#lib/plan/notice/noticeOverview.server.ts';
import { channelsOn } from '#lib/plan/notice/channelSettings.ts';
import { checkInLimitsSchema, deadlineRulesSchema, periodsSchema } from '#lib/identity/settings.ts';
import { problemStatus, type Problem, type Result } from '#lib/problem.ts';
import { refuse, requireMember } from '../../guard.ts';
import { channelsFrom } from '../../notices/channels.ts';
import { agencySchema, readTemplate, templateFromForm } from './agencyForm.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { agency, agencies } = await chosenAgency(event);
	const areas = await administeredAreas(event.locals.client);
	return {
		agencies: agencies.map(({ id, name }) => ({ id, name })),
		agency: { ...agency, ...readTemplate(agency.template) },
		previews: everySample().map(([name, { kind, track }]) => ({ name, kind, track })),
		rules: await rulesAt(event.locals.client, agency.scope),
		channels: channelsOn(channelsFrom(process.env)),
		notices: await readNoticeOverview(event.locals.client, agency.scope),
		deadlines: await deadlineRulesAt(event.locals.client, agency.scope),
		versions: await readSettingVersions(event.locals.client, agency.scope),
		areasWithoutAgency: areas.filter(({ hasAgency }) => !hasAgency)
	};
};

/** The agency named in the address, else the uppermost. */
async function chosenAgency(event: RequestEvent) {
	const { memberships } = requireMember(event, 'administrator');
	const agencies = await administeredAgencies(
		event.locals.client,
		memberships.map(({ scope }) => scope)
	);
	const asked = event.url.searchParams.get('agency');
	const agency = asked ? agencies.find(({ id }) => id === asked) : agencies[0];
	return { agencies, agency: agency ?? refuse({ code: 'not_found' }) };
}

type Section = 'agency' | 'forms' | 'rules' | 'deadlines' | 'found';

function answer(section: Section, entered: Record<string, string>, result: Result<unknown>) {
	if (result.ok)
		return { section, saved: true, problem: null as Problem | null, entered: {} as Record<string, string> };
	const { problem } = result;
	return fail(problemStatus[problem.code], { section, saved: false, problem, entered });
}

export const actions: Actions = {
	agency: async (event) => {
		const { agency } = await chosenAgency(event);
		const entered = enteredText(await event.request.formData());
		const form = readForm(agencySchema, entered);
		if (!form.ok) return answer('agency', entered, form);
		const { name, shortName, mayEnforce, contactName, contactPhone } = form.value;
		const template = {
			...readTemplate(agency.template).template,
			contact: { name: contactName, phone: contactPhone }
		};
		const change = { name, shortName, mayEnforce: mayEnforce === 'on', template };
		return answer('agency', entered, await saveAgency(event.locals.client, agency.id, change));
	},

	forms: async (event) => {
		const { agency } = await chosenAgency(event);
		const entered = enteredText(await event.request.formData());
		const template = templateFromForm(entered);
		if (!template.ok) return answer('forms', entered, template);
		const { contact } = readTemplate(agency.template);
		const change = { template: { ...template.value, contact } };
		return answer('forms', entered, await saveAgency(event.locals.client, agency.id, change));
	},

	rules: async (event) => {
		const { agency } = await chosenAgency(event);
		const entered = enteredText(await event.request.formData());
		const limits = readForm(checkInLimitsSchema, entered);
		if (!limits.ok) return answer('rules', entered, limits);
		const periods = readForm(periodsSchema, entered);
		if (!periods.ok) return answer('rules', entered, periods);
		return answer(
			'rules',
			entered,
			await saveRules(event.locals.client, agency.scope, limits.value, periods.value)
		);
	},

	deadlines: async (event) => {
		const { agency } = await chosenAgency(event);
		const entered = enteredText(await event.request.formData());
		const form = readForm(deadlineRulesSchema, entered as never);
		if (!form.ok) return answer('deadlines', entered, form);
		return answer(
			'deadlines',
			entered,
			await saveDeadlineRules(event.locals.client, agency.scope, form.value)
		);
	},

	found: async (event) => {
		requireMember(event, 'administrator');
		const entered = enteredText(await event.request.formData());
		const form = readForm(
			z.object({ ...agencyNameFields, scope: z.string().regex(/^([0-9]{4})+$/) }),
			entered
		);
		if (!form.ok) return answer('found', entered, form);
		const { scope, ...names } = form.value;
		const added = await addAgency(event.locals.client, scope, { ...names, template: sampleAgencyTemplate });
		if (!added.ok) return answer('found', entered, added);
		redirect(303, `/admin/settings?agency=${added.value.id}`);
	}
};
