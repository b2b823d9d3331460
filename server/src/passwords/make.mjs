// Makes ../main/resources/passwords/common.sha256 anew. In a folder of your own:
//   npm init -y && npm install @zxcvbn-ts/language-common@4.1.3 && node …/server/src/passwords/make.mjs
// The form is the one that picup.member.CommonPasswords reads.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const minChars = 8;
const prefixBytes = 6;

const { dictionary } = createRequire(join(process.cwd(), 'package.json'))('@zxcvbn-ts/language-common');
const passwords = dictionary['passwords-common'].map((password) => password.normalize('NFKC').toLowerCase()).filter((password) => password.length >= minChars);
const prefixes = passwords.map((password) => createHash('sha256').update(password).digest().subarray(0, prefixBytes));
prefixes.sort(Buffer.compare);
const unique = prefixes.filter((prefix, at) => at === 0 || !prefix.equals(prefixes[at - 1]));
writeFileSync(join(import.meta.dirname, '../main/resources/passwords/common.sha256'), Buffer.concat(unique));
console.log(`${unique.length} passwords`);
