/** `npm run build`: builds the site; `demo` and the browser tests then find it fresh. */
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { build } from './server/build.ts';

build(packageRoot());
