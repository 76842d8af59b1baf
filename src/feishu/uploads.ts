import { verbatim } from '../model/text.ts';
import { DAY, type Ms } from '../model/time.ts';
import type { Feishu } from './client.ts';
import { type Unavailable, unavailable } from './unavailable.ts';
import { uploadFile, uploadImage } from './upload.ts';

/** Where the keys of uploaded files are kept, by a hash of what they hold, for all processes. */
export interface UploadStore {
  uploaded(app: string, hash: string): Promise<{ readonly key: string; readonly at: Ms } | null>;
  keepUpload(app: string, hash: string, key: string): Promise<void>;
}

/** Feishu does not say how long a key is good for; one that is older is asked for anew. */
const USABLE: Ms = 30 * DAY;

/** Files of an app's: each uploaded once, its key remembered. */
export const createUploads = (deps: {
  feishu: (app: string) => Feishu | null;
  store: UploadStore;
  /** waits for a slot of the app's quota for uploads */
  turn: (app: string) => Promise<void>;
  now: () => Ms;
}) => ({
  put: async (
    app: string,
    file: { as: 'image' | 'file'; name: string; bytes: Uint8Array; standIn: string },
  ): Promise<{ readonly key: string } | Unavailable> => {
    const feishu = deps.feishu(app);
    if (feishu === null) return { is: 'unavailable', forNow: false, code: null, why: verbatim(`app ${app}?`) };
    const owner = `${app}:${feishu.appId}`;
    const known = await deps.store.uploaded(owner, file.standIn);
    if (known !== null && deps.now() - known.at < USABLE) return { key: known.key };
    await deps.turn(app);
    const uploaded = await (file.as === 'image' ? uploadImage : uploadFile)(feishu, file);
    if (!('key' in uploaded)) return unavailable(uploaded);
    await deps.store.keepUpload(owner, file.standIn, uploaded.key);
    return uploaded;
  },
});
