import { mediaTypes } from '#lib/interop/ogc.ts';
import { openApi } from '#lib/interop/openApi.ts';
import { answer, baseOf, faultyParameter } from '../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	faultyParameter(event) ?? answer(openApi(baseOf(event)), mediaTypes.openapi);
