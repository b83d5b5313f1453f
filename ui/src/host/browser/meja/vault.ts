/**
 * What a kiosk in a browser keeps over a reload and a restart: the records of its journal and what the server told of
 * the school, in IndexedDB. Each is encrypted by AES-GCM with a key that no script can read out of the browser. Whoever
 * adds a record goes on once the browser says that it is on the disk.
 */

const NAME = 'bukutamu.meja';
const KEYS = 'kunci';
const RECORDS = 'catatan';
const PACK = 'bekal';

const IV_BYTES = 12;

type Sealed = { iv: Uint8Array<ArrayBuffer>; isi: ArrayBuffer };

export class Vault {
  /** The number of the next record. */
  #next = 0;

  private constructor(
    private readonly db: IDBDatabase,
    private readonly key: CryptoKey,
  ) {}

  /** Opens what is there, or begins anew. */
  static async open(): Promise<Vault> {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const store of [KEYS, RECORDS, PACK]) request.result.createObjectStore(store);
    };
    const db = await done(request);
    return new Vault(db, await keyOf(db));
  }

  /** All records in their order, and how many could not be read any more. */
  async records(): Promise<{ texts: string[]; damaged: number }> {
    const store = this.db.transaction(RECORDS).objectStore(RECORDS);
    const [keys, rows] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    this.#next = Number(keys.at(-1) ?? -1) + 1;
    const opened = await Promise.all(
      rows.map((row: Sealed, at) => this.#open(row, `${RECORDS} ${Number(keys[at])}`)),
    );
    const texts = opened.filter((text) => text !== undefined);
    return { texts, damaged: opened.length - texts.length };
  }

  /** Adds a record. It is on the disk afterwards. */
  async add(text: string): Promise<void> {
    const number = this.#next;
    const row = await this.#seal(text, `${RECORDS} ${number}`);
    const change = this.#change(RECORDS);
    change.objectStore(RECORDS).add(row, number);
    await committed(change);
    this.#next = number + 1;
  }

  /** Replaces all records by these, as a whole. */
  async replace(texts: readonly string[]): Promise<void> {
    const rows = await Promise.all(texts.map((text, number) => this.#seal(text, `${RECORDS} ${number}`)));
    const change = this.#change(RECORDS);
    const store = change.objectStore(RECORDS);
    store.clear();
    for (const [number, row] of rows.entries()) store.add(row, number);
    await committed(change);
    this.#next = rows.length;
  }

  /** What the server told; undefined if there is nothing that can be read. */
  async pack(): Promise<string | undefined> {
    const row = (await done(this.db.transaction(PACK).objectStore(PACK).get(PACK))) as Sealed | undefined;
    return row && this.#open(row, PACK);
  }

  async keepPack(text: string): Promise<void> {
    const row = await this.#seal(text, PACK);
    const change = this.#change(PACK);
    change.objectStore(PACK).put(row, PACK);
    await committed(change);
  }

  async forgetPack(): Promise<void> {
    const change = this.#change(PACK);
    change.objectStore(PACK).clear();
    await committed(change);
  }

  close(): void {
    this.db.close();
  }

  #change(store: string): IDBTransaction {
    return this.db.transaction(store, 'readwrite', { durability: 'strict' });
  }

  /** `place` is bound to it: it opens nowhere else. */
  async #seal(text: string, place: string): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    return { iv, isi: await crypto.subtle.encrypt(algorithm(iv, place), this.key, bytesOf(text)) };
  }

  async #open({ iv, isi }: Sealed, place: string): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm(iv, place), this.key, isi));
    } catch {
      return undefined;
    }
  }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const algorithm = (iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: bytesOf(place),
});

/** The key; made once. The browser keeps it, and gives it to nobody as bytes. */
async function keyOf(db: IDBDatabase): Promise<CryptoKey> {
  const kept = (await done(db.transaction(KEYS).objectStore(KEYS).get(KEYS))) as CryptoKey | undefined;
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const change = db.transaction(KEYS, 'readwrite', { durability: 'strict' });
  change.objectStore(KEYS).add(made, KEYS);
  await committed(change);
  return made;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

function committed(change: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(change.error ?? new Error('IndexedDB'));
    change.oncomplete = () => resolve();
    change.onerror = fail;
    change.onabort = fail;
  });
}
