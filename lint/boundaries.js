/**
 * The rules of docs/architecture as an oxlint plugin. Each has fixtures under `fixtures/bad/` that it must refuse.
 */
import { envPlace } from './rules/env-place.js';
import { featureDoor } from './rules/feature-door.js';
import { fileLength } from './rules/file-length.js';
import { fileName } from './rules/file-name.js';
import { layersRule } from './rules/layers.js';
import { noDefaultExport } from './rules/no-default-export.js';
import { packageHome } from './rules/package-home.js';
import { pureContract } from './rules/pure-contract.js';
import { sqlPlace } from './rules/sql-place.js';
import { webLayersRule } from './rules/web-layers.js';

export default {
  meta: { name: 'famulus' },
  rules: {
    layers: layersRule,
    'web-layers': webLayersRule,
    'feature-door': featureDoor,
    'pure-contract': pureContract,
    'sql-place': sqlPlace,
    'package-home': packageHome,
    'env-place': envPlace,
    'file-name': fileName,
    'no-default-export': noDefaultExport,
    'file-length': fileLength,
  },
};
