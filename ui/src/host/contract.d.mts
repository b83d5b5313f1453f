/** Written from the crate `contract` by its test: what a page may ask of the desktop program. */
import type {
    BackupAlarm,
    ChannelState,
    InvalidPassword,
    JanjiTemu,
    Notifikasi,
    Pengguna,
    PesanKeluar,
    Presence,
    Problem,
} from '../api/types';
import type { Channel } from './tauri/channel';
import type { Bytes } from './tauri/ipc';

/** Where a request stands if the body is bytes. */
export type ArgsHeader = 'x-args';

/**
 * Where a server can be reached, and its certificate's fingerprint to compare.
 */
export type Address = {
    /**
     * As it is kept.
     */
    url: string;
    /**
     * Nothing without TLS.
     */
    fingerprint: string | null;
};

/**
 * Why there is no server at an address.
 */
export type AddressFault = 'address' | 'unreachable' | 'tls';

/**
 * Why the server took it otherwise.
 */
export type Alasan = 'ditolak' | 'hasil_lain' | 'status_lain' | 'bergantung';

/**
 * Why a command did nothing.
 */
export type CommandFailure =
    | {
          kind: 'problem';
          /**
           * In its own words.
           */
          problem: Problem;
          /**
           * The same request may be sent again after so many seconds.
           */
          retry_after_s?: number;
      }
    | { kind: 'unreachable' }
    | { kind: 'unavailable' }
    | { kind: 'signed_out' }
    | { kind: 'gone' }
    | {
          kind: 'address';
          /**
           * What is in the way.
           */
          reason: AddressFault;
      }
    | {
          kind: 'setup';
          /**
           * What is in the way.
           */
          reason: FinishReason;
          /**
           * The field to mend it in.
           */
          field: string | null;
          /**
           * In the program's own words.
           */
          detail: string;
      }
    | {
          kind: 'other';
          /**
           * In the program's own words, for whoever looks for the cause.
           */
          detail: string;
      };

/**
 * Devices to choose from.
 */
export type Devices = {
    /**
     * Ports by their names.
     */
    serial: Array<string>;
    /**
     * Cameras by their names.
     */
    cameras: Array<string>;
};

/**
 * What keeps the PC from becoming what it was to become.
 */
export type FinishReason = 'isian' | 'sudah_ada_admin' | 'berkas_cadangan' | 'kode_pemulihan' | TroubleReason;

/**
 * A backup, by what it says of itself.
 */
export type FoundBackup = {
    /**
     * Where it is.
     */
    path: string;
    /**
     * The file's name.
     */
    nama: string;
    /**
     * When the school was as it is in there; RFC 3339.
     */
    dibuat_pada: string;
    /**
     * The file's size in bytes.
     */
    ukuran: number;
    /**
     * Appointments and visits.
     */
    janji_temu: number;
    /**
     * Guests.
     */
    tamu: number;
};

/**
 * What was done.
 */
export type Kegiatan = 'pindai' | 'pindah' | 'langsung' | 'betulkan';

/**
 * The language of whoever uses this PC, for the few words that no page says.
 */
export type Language = 'id' | 'en';

/**
 * How the desk stands.
 */
export type Luring = {
    /**
     * It can go on without a server.
     */
    siap: boolean;
    /**
     * What is written down here, and the server does not have yet.
     */
    menunggu: number;
    /**
     * The visits that this is about.
     */
    kunjungan: number[];
    /**
     * What a person has to look at.
     */
    periksa: number;
    /**
     * The end of what was written down could not be read, as after a power cut.
     */
    terpotong: boolean;
    /**
     * So many entries could not be read any more, as where a disk is at fault.
     */
    rusak: number;
};

/**
 * One message, and which of the page's channels it is for.
 */
export type Message = {
    /**
     * The channel's id.
     */
    channel: number;
    /**
     * Of the channel's type.
     */
    message: unknown;
};

/**
 * What was saved for the PC that replaces this one.
 */
export type MovedJournal = {
    /**
     * To be typed there.
     */
    kode: string;
    /**
     * How many entries it holds.
     */
    jumlah: number;
};

/**
 * How hard a password is to guess.
 */
export type Nilai = {
    /**
     * 0, guessed at once, to 4, guessed by nobody.
     */
    skor: number;
    /**
     * Why it may not be used; nothing if it may.
     */
    alasan?: InvalidPassword | null;
};

/**
 * What another PC needs to find this one's server, and to know that it is the right one.
 */
export type Pairing = {
    /**
     * Addresses of this PC in the school's network.
     */
    urls: Array<string>;
    /**
     * What the other screen must show too.
     */
    fingerprint: string | null;
};

/**
 * Why a picture gave no text.
 */
export type PictureFault =
    'no_code' | 'broken' | 'empty' | 'too_large' | 'unknown_format' | 'denied' | 'given_up';

/**
 * What pages show of the program itself.
 */
export type Program = {
    /**
     * What this PC is for; nothing before the first start is through.
     */
    role: ProgramRole | null;
    /**
     * The program's version.
     */
    version: string;
    /**
     * The server's address as far as it is known.
     */
    server: string | null;
};

/**
 * What a PC is for.
 */
export type ProgramRole = 'kiosk' | 'guru' | 'admin';

/**
 * How far a restore is.
 */
export type RestoreProgress = {
    /**
     * What is being done.
     */
    tahap: RestoreStep;
    /**
     * How much of that is done, from 0 to 100.
     */
    persen: number;
};

/**
 * What a restore is doing.
 */
export type RestoreStep = 'membuka' | 'mencocokkan' | 'menyiapkan';

/**
 * A school that was restored.
 */
export type RestoredSchool = {
    /**
     * Its name.
     */
    nama_sekolah: string;
    /**
     * Where what was there before is now; nothing if nothing was.
     */
    disimpan: string | null;
};

/**
 * Something that was shown to a scanner and not read.
 */
export type ScanRejection = {
    /**
     * The scanner's id.
     */
    source: string;
    /**
     * How it reaches this PC.
     */
    kind: ScannerKind;
    /**
     * Why it was not read.
     */
    why: WhyRejected;
    /**
     * The picture's name, if it was one in the folder.
     */
    file: string | null;
    /**
     * The name of its format, if that is not read.
     */
    format: string | null;
};

/**
 * One scanner that the program reads by itself.
 */
export type Scanner = {
    /**
     * By which it is told apart from others.
     */
    id: string;
    /**
     * How it reaches this PC.
     */
    kind: ScannerKind;
    /**
     * Its own name, if it has one.
     */
    name: string;
    /**
     * How it is.
     */
    state: ScannerState;
};

/**
 * Why a scanner cannot read; each says what a person can do about it.
 */
export type ScannerFault = 'not_found' | 'busy' | 'denied' | 'lost' | 'hung' | 'failed';

/**
 * How a scanner reaches this PC.
 */
export type ScannerKind = 'serial' | 'hid' | 'camera' | 'folder';

/**
 * How a scanner is.
 */
export type ScannerState = 'opening' | 'ready' | ScannerFault;

/**
 * Whether somebody is signed in.
 */
export type SesiStatus =
    | {
          status: 'in';
          /**
           * Who.
           */
          pengguna: Pengguna;
      }
    | {
          status: 'out';
          /**
           * Why.
           */
          reason: SignedOut;
      };

/**
 * What the person chose.
 */
export type Setup = {
    /**
     * What the PC is for.
     */
    role: ProgramRole;
    /**
     * Where the guest book is.
     */
    server: SetupServer;
    /**
     * Leaves the full screen; only for the front desk.
     */
    pin: string | null;
    /**
     * Only for the front desk.
     */
    scanners: SetupScanners;
    /**
     * The program starts with the PC.
     */
    autostart: boolean;
    /**
     * Of the wizard's page.
     */
    language: Language;
};

/**
 * The first admin.
 */
export type SetupAdmin = {
    /**
     * The name.
     */
    nama: string;
    /**
     * To sign in with.
     */
    email: string;
    /**
     * To sign in with.
     */
    password: string;
};

/**
 * The scanners to use.
 */
export type SetupScanners = {
    /**
     * Every USB scanner in HID POS mode.
     */
    hid: boolean;
    /**
     * The first webcam.
     */
    camera: boolean;
    /**
     * A port by its name.
     */
    serial: string | null;
    /**
     * A folder into which guests' pictures are put.
     */
    folder: string | null;
};

/**
 * Where the guest book is.
 */
export type SetupServer =
    | {
          kind: 'host';
          /**
           * The port that others reach it at.
           */
          port: number;
          /**
           * The school.
           */
          nama_sekolah: string;
          /**
           * Where guests are received.
           */
          tempat: string;
          /**
           * As the IANA database names it.
           */
          zona_waktu: string;
          /**
           * Whoever runs it.
           */
          admin: SetupAdmin;
      }
    | {
          kind: 'restored';
          /**
           * The port that others reach it at.
           */
          port: number;
      }
    | {
          kind: 'remote';
          /**
           * Its address.
           */
          url: string;
          /**
           * What the person has compared.
           */
          fingerprint: string | null;
      };

/**
 * A server that was seen in the network, or is not any more. Nothing of it is to be trusted before a person has
 * compared the fingerprint.
 */
export type Sighting =
    | {
          type: 'found';
          /**
           * By which it is told apart from others.
           */
          name: string;
          /**
           * The school.
           */
          nama: string;
          /**
           * Where to reach it, the likeliest first.
           */
          addresses: Array<Address>;
      }
    | {
          type: 'lost';
          /**
           * Which.
           */
          name: string;
      }
    | { type: 'failed' };

/**
 * Why nobody is signed in.
 */
export type SignedOut = 'signed_out' | 'ended';

/**
 * What is chosen in the tray and is the page's to do.
 */
export type TrayChoice = 'open' | 'new';

/**
 * What keeps the program from starting.
 */
export type Trouble = {
    /**
     * What is in the way.
     */
    reason: TroubleReason;
    /**
     * In the program's own words.
     */
    detail: string;
    /**
     * Where everything is kept.
     */
    folder: string;
    /**
     * If the guest book is kept on this PC.
     */
    port: number | null;
};

/**
 * What keeps the program from starting, each mended in another way.
 */
export type TroubleReason =
    | 'port_dipakai'
    | 'port_ditolak'
    | 'folder_dipakai'
    | 'folder'
    | 'database'
    | 'kunci'
    | 'sertifikat'
    | 'cadangan'
    | 'setelan'
    | 'lain';

/**
 * Something that was written down here, and that the server took otherwise.
 */
export type Unsettled = {
    /**
     * By which it is settled.
     */
    nomor: number;
    /**
     * When it happened, in milliseconds.
     */
    pada: number;
    /**
     * What was done.
     */
    kegiatan: Kegiatan;
    /**
     * Whom it is about, if the desk or the server knows it.
     */
    nama: string | null;
    /**
     * Why the server took it otherwise.
     */
    alasan: Alasan;
    /**
     * The code of a refusal, or what a scan did there.
     */
    kode: string | null;
    /**
     * The visit as the desk had it.
     */
    di_meja: JanjiTemu | null;
    /**
     * The visit as the server has it, if it told.
     */
    di_server: JanjiTemu | null;
};

/**
 * What happened on the server. Of two copies the larger `versi` has won already.
 */
export type Update =
    | {
          type: 'connected';
          /**
           * Who is signed in.
           */
          pengguna: Pengguna;
          /**
           * Who else is connected.
           */
          online: number[];
      }
    | {
          type: 'disconnected';
          /**
           * The next attempt, in milliseconds of this PC's clock.
           */
          retry_at: number;
      }
    | {
          type: 'alert';
          /**
           * The notification.
           */
          data: Notifikasi;
      }
    | {
          type: 'changed';
          /**
           * The notification.
           */
          data: Notifikasi;
      }
    | {
          type: 'removed';
          /**
           * Whose.
           */
          id: number;
      }
    | {
          type: 'appointment';
          /**
           * The appointment.
           */
          data: JanjiTemu;
      }
    | {
          type: 'pesan';
          /**
           * The message.
           */
          data: PesanKeluar;
      }
    | {
          type: 'saluran';
          /**
           * Which, and what is wrong.
           */
          data: ChannelState;
      }
    | {
          type: 'cadangan';
          /**
           * What is wrong.
           */
          data: BackupAlarm | null;
      }
    | {
          type: 'presence';
          /**
           * Who.
           */
          data: Presence;
      }
    | { type: 'settings' }
    | { type: 'evakuasi' }
    | {
          type: 'luring';
          /**
           * How.
           */
          data: Luring;
      };

/**
 * Why something was not read.
 */
export type WhyRejected = 'too_long' | 'not_text' | 'malformed' | PictureFault;

/** Every command: what it takes, whether bytes come with it, and what it answers. */
export interface Commands {
    /**
     * What this PC is for, and where its server is.
     */
    program: { args: null; bytes: false; reply: Program }; /**
     * The language that this PC's pages are read in.
     */
    language_set: { args: { language: Language }; bytes: false; reply: null }; /**
     * The page's next messages; waits until there are some. Fails with `gone` where nothing more comes: a
     * page that can still ask has to be loaded anew.
     */
    messages_next: { args: { page: number }; bytes: false; reply: Array<Message> }; /**
     * Who a session kept from before belongs to, if it still is one.
     */
    sesi_restore: { args: null; bytes: false; reply: SesiStatus }; /**
     * Signs a user in.
     */
    sesi_login: { args: { email: string; password: string }; bytes: false; reply: Pengguna }; /**
     * Sets a new password; the session goes on.
     */
    sesi_change_password: {
        args: { password_lama: string; password_baru: string };
        bytes: false;
        reply: Pengguna;
    }; /**
     * Signs out; on this PC in any case.
     */
    sesi_logout: { args: null; bytes: false; reply: null }; /**
     * Tells the window of every change from now on.
     */
    sesi_watch: { args: { channel: Channel<SesiStatus> }; bytes: false; reply: null }; /**
     * Stops telling the window.
     */
    sesi_unwatch: { args: null; bytes: false; reply: null }; /**
     * Sends a page's request in the session's name. The answer is a line of JSON about it, a line feed,
     * and its body as it came.
     */
    api_fetch: {
        args: { method: string; path: string; body: string | null };
        bytes: false;
        reply: Bytes;
    }; /**
     * Tells the window the state, and everything that happens from now on.
     */
    updates_watch: { args: { channel: Channel<Update> }; bytes: false; reply: null }; /**
     * Stops telling the window.
     */
    updates_unwatch: { args: null; bytes: false; reply: null }; /**
     * Ends a wait between two attempts.
     */
    updates_retry: { args: null; bytes: false; reply: null }; /**
     * Asks where to save the bytes. `false` if nobody chose a place, or it cannot be written.
     */
    save_file: { args: { name: string }; bytes: true; reply: boolean }; /**
     * Puts a text on the clipboard. `false` if the system has none.
     */
    copy_text: { args: { text: string }; bytes: false; reply: boolean }; /**
     * Puts a PNG on the clipboard. `false` if the system has none, or the bytes are no PNG.
     */
    copy_picture: { args: null; bytes: true; reply: boolean }; /**
     * Opens a link outside of the program: a message to a guest, or a page of the school's own server.
     */
    open_link: { args: { url: string }; bytes: false; reply: null }; /**
     * Whether the program starts with the PC.
     */
    autostart_get: { args: null; bytes: false; reply: boolean }; /**
     * Makes it start with the PC, or not.
     */
    autostart_set: { args: { on: boolean }; bytes: false; reply: null }; /**
     * Tells the window of every text that counts.
     */
    scans_watch: { args: { channel: Channel<string> }; bytes: false; reply: null }; /**
     * Stops telling the window.
     */
    scans_unwatch: { args: null; bytes: false; reply: null }; /**
     * Tells the window of everything that was shown to a scanner and not read.
     */
    rejections_watch: { args: { channel: Channel<ScanRejection> }; bytes: false; reply: null }; /**
     * Stops telling the window.
     */
    rejections_unwatch: { args: null; bytes: false; reply: null }; /**
     * Tells the window how the scanners are, now and at each change.
     */
    scanners_watch: { args: { channel: Channel<Array<Scanner>> }; bytes: false; reply: null }; /**
     * Stops telling the window.
     */
    scanners_unwatch: { args: null; bytes: false; reply: null }; /**
     * What the camera sees next: width and height as two bytes each, little-endian, then a byte of
     * brightness for each pixel. Empty while the camera sees nothing; fails if no camera is in use.
     */
    preview_next: { args: null; bytes: false; reply: Bytes }; /**
     * The texts of the codes in a picture file: those that look like a guest's first.
     */
    decode_picture: { args: null; bytes: true; reply: Array<string> }; /**
     * Whether this kiosk uses its camera.
     */
    camera_get: { args: null; bytes: false; reply: boolean }; /**
     * Uses the camera or lets it go, now and at every start from now on. If it fails, nothing changes.
     */
    camera_set: { args: { on: boolean }; bytes: false; reply: null }; /**
     * What this desk wrote down while no server could be reached, and the server took otherwise: the
     * oldest first.
     */
    luring_unsettled: { args: null; bytes: false; reply: Array<Unsettled> }; /**
     * Somebody has looked at such an entry, and it is listed no more.
     */
    luring_settle: { args: { nomor: number }; bytes: false; reply: null }; /**
     * Asks where to save what this desk has written down, for the PC that replaces it; none if there is
     * nothing, or nobody chose a place.
     */
    luring_export: { args: null; bytes: false; reply: MovedJournal | null }; /**
     * Takes in what another desk had saved. Gives how many entries were new; none if the code does not
     * open the file.
     */
    luring_import: { args: { kode: string }; bytes: true; reply: number | null }; /**
     * What teachers' PCs are paired by, if this PC keeps the guest book.
     */
    pairing: { args: null; bytes: false; reply: Pairing | null }; /**
     * Leaves the full screen; the window can be closed then. `false` if the PIN is wrong.
     */
    kiosk_leave: { args: { pin: string }; bytes: false; reply: boolean }; /**
     * Full screen again.
     */
    kiosk_return: { args: null; bytes: false; reply: null }; /**
     * Ends the program. `false` if the PIN is wrong.
     */
    kiosk_close: { args: { pin: string }; bytes: false; reply: boolean }; /**
     * Whether this PC has a PIN.
     */
    kiosk_has_pin: { args: null; bytes: false; reply: boolean }; /**
     * Whether it is the PIN; the full screen stays.
     */
    kiosk_verify: { args: { pin: string }; bytes: false; reply: boolean }; /**
     * Tells the window whenever somebody tried to close it and may not.
     */
    close_watch: { args: { channel: Channel<null> }; bytes: false; reply: null }; /**
     * Stops telling the window.
     */
    close_unwatch: { args: null; bytes: false; reply: null }; /**
     * Opens the admin's window, or brings it to the front. Whoever opens it signs in there.
     */
    admin_open: { args: null; bytes: false; reply: null }; /**
     * The tray menu's words, in the language of the page.
     */
    tray_words: { args: { open: string; baru: string; quit: string }; bytes: false; reply: null }; /**
     * Tells the window of every choice in the tray from now on, and of one that it was opened by.
     */
    tray_watch: { args: { channel: Channel<TrayChoice> }; bytes: false; reply: null }; /**
     * Stops telling the window.
     */
    tray_unwatch: { args: null; bytes: false; reply: null }; /**
     * Shows a notice; pressing it opens the teacher's window and tells the page. The same tag again
     * replaces the earlier one.
     */
    notice_show: { args: { tag: string; title: string; body: string }; bytes: false; reply: null }; /**
     * Takes the notice away if it still stands.
     */
    notice_clear: { args: { tag: string }; bytes: false; reply: null }; /**
     * Tells the window the tag of every notice that is pressed, and of one that it was opened by.
     */
    notice_watch: { args: { channel: Channel<string> }; bytes: false; reply: null }; /**
     * Shows the pop-up.
     */
    popup_raise: { args: null; bytes: false; reply: null }; /**
     * Hides the pop-up.
     */
    popup_close: { args: null; bytes: false; reply: null }; /**
     * The pop-up's height follows its content, in logical pixels.
     */
    popup_resize: { args: { height: number }; bytes: false; reply: null }; /**
     * Somebody presses in the pop-up, and may want to type.
     */
    popup_focus: { args: null; bytes: false; reply: null }; /**
     * Shows the teacher's window, and in it the appointment with this number.
     */
    guru_open: { args: { id: number | null }; bytes: false; reply: null }; /**
     * Looks for servers in the network until told to stop.
     */
    wizard_discover: { args: { channel: Channel<Sighting> }; bytes: false; reply: null }; /**
     * Ends the search.
     */
    wizard_discover_stop: { args: null; bytes: false; reply: null }; /**
     * Asks who answers at a typed address, and sends nothing there. Fails with `address` if there is none.
     */
    wizard_fingerprint: { args: { address: string }; bytes: false; reply: Address }; /**
     * What is plugged in.
     */
    wizard_devices: { args: null; bytes: false; reply: Devices }; /**
     * How hard the first admin's password is to guess, by the rule that takes it or not.
     */
    wizard_password: {
        args: { password: string; nama: string; email: string; nama_sekolah: string };
        bytes: false;
        reply: Nilai;
    }; /**
     * Looks at a backup to begin from: at the one with this path, or else at one that is asked for;
     * nothing if nobody chose one. Fails with `setup` if the file is none.
     */
    wizard_backup: { args: { path: string | null }; bytes: false; reply: FoundBackup | null }; /**
     * Restores a backup into this PC's folder, by the code on the recovery sheet. What was there is kept
     * aside. Fails with `setup`; then everything is as it was.
     */
    wizard_restore: { args: { path: string; kode: string }; bytes: false; reply: RestoredSchool }; /**
     * How far that is; nothing if it is not under way.
     */
    wizard_restore_progress: { args: null; bytes: false; reply: RestoreProgress | null }; /**
     * Sets the PC up, opens what it is for and closes the wizard. Fails with `setup`, and can be repeated
     * whatever it failed at.
     */
    wizard_finish: { args: { setup: Setup }; bytes: false; reply: null }; /**
     * What keeps the program from starting; nothing at a first start.
     */
    trouble: { args: null; bytes: false; reply: Trouble | null }; /**
     * Tries to start once more, at another port if one is given. Fails with `setup`.
     */
    trouble_retry: { args: { port: number | null }; bytes: false; reply: null };
}
