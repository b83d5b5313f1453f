/**
 * What the page asks of its worker, and what the worker answers. Each question has one answer, in any
 * order.
 */
import type { PictureFault } from '../../host';

/** A frame is given away; a picture is a file as it was dropped. */
export type Asked = { frame: ImageBitmap } | { picture: Blob };

/** `not_loaded`: the decoder could not be fetched, or does not run here. */
export type Unreadable = Extract<PictureFault, 'empty' | 'broken' | 'too_large' | 'given_up'> | 'not_loaded';

export type Answer = { texts: string[] } | { fault: Unreadable };

export type Answered = { id: number; answer: Answer };
