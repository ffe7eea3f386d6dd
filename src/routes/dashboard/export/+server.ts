import { loadTranslate } from '#lib/messages/index.ts';
import { dashboardSheets } from '#lib/tally/dashboard/dashboardSheets.ts';
import { sheetFile, sheetFormats } from '#lib/tally/sheet.server.ts';
import { lineNames } from '../lineNames.ts';
import { readDashboardPage } from '../readDashboardPage.ts';
import type { RequestHandler } from './$types';

/** The dashboard that an address shows, as a file: `?format=xlsx` with everything, `csv` with the development over time. */
export const GET: RequestHandler = async (event) => {
	const page = await readDashboardPage(event);
	const format = sheetFormats.find((each) => each === event.url.searchParams.get('format')) ?? 'xlsx';
	const t = await loadTranslate(event.locals.locale);
	const name = `${t('dashboard.title')} ${page.period.from} ${page.period.to}`;
	return sheetFile(name, dashboardSheets(t, page.dashboard, lineNames(t, page)), format);
};
