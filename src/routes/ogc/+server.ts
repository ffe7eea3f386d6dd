import { landingPage } from '#lib/interop/ogc.ts';
import { answer, baseOf, faultyParameter } from './answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => faultyParameter(event) ?? answer(landingPage(baseOf(event)));
