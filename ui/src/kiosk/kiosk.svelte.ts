/** The front desk: from a code that was read to what everybody sees, and back to the idle screen. */
import { lookAtCode, scan as sendScan } from '../api/janji_temu';
import type { ScanRequest } from '../api/requests';
import { newKunci } from '../api/kunci';
import { codeOf, type Failure, type Result } from '../api/result';
import type { JanjiTemu, Kedatangan, Penolakan, Scan } from '../api/types';
import { bunyiBaca, bunyiTanggapan, bunyiTidak, bunyiYa, keptVolume, type Volume } from '../shared/bunyi';
import { jam } from '../shared/jam.svelte';
import { dijawabLain, tanggapanOf } from '../shared/tanggapan';
import { host } from '../host';
import { Antrean, isWaiting } from './antrean.svelte';
import { CatatanBaca, type Sumber } from './bacaan.svelte';
import { BelumTampil } from './belum_tampil';
import { diLokasi, HariIni, perluPilihan } from './hari_ini.svelte';
import { HitungMundur } from './hitung_mundur.svelte';
import {
  arrival,
  isDisangkal,
  isHasil,
  isKerja,
  KEMBALI_DETIK,
  penolakanOf,
  type Asal,
  type Isi,
  type Layar,
  type Saring,
  type SebabTakTerbaca,
} from './layar';
import { ask, namaOf, readingOf, type Pindaian } from './pindaian';
import { ParaGuru } from './para_guru.svelte';
import { Sambungan } from './sambungan.svelte';
import { diurungkan, Sisipan } from './sisipan.svelte';
import { TanpaJanji } from './tanpa_janji.svelte';
import { Terakhir } from './terakhir.svelte';
import { Tindakan, type Semula } from './tindakan.svelte';
import type { WedgeScan } from './wedge';

/** The rest of the reading, once a guru has answered. */
const ANSWER_SECONDS = 15;
/** For so long after one of ours a foreign code is taken for its neighbour: a payment code beside the guest's own. */
const NEIGHBOUR_MS = 5000;

export class Kiosk {
  layar = $state.raw<Layar>({ jenis: 'siap' });
  volume = $state<Volume>(keptVolume());
  /** The form of a guest without an appointment, while it is open. */
  langsung = $state.raw<TanpaJanji>();

  readonly hariIni = new HariIni();
  readonly guru = new ParaGuru();
  readonly mundur = new HitungMundur(() => this.kembali());
  readonly sambungan = new Sambungan({
    connected: () => {
      void this.hariIni.load();
      void this.guru.load();
    },
    appointment: (row) => this.changed(row),
  });

  /** The appointment on screen, as new as it is known. */
  readonly janjiTemu = $derived('id' in this.layar ? this.hariIni.find(this.layar.id) : undefined);

  /** Codes that wait for the server. */
  readonly antrean = new Antrean({
    send: (request) => this.#send(request),
    settled: (scan, request, answer) => this.#settled(scan, request, answer),
    trouble: (failure) => this.sambungan.report(failure),
  });
  readonly tindakan = new Tindakan({
    moved: (now) => this.#moved(now),
    undone: (before, now, semula) => this.#undone(before, now, semula),
    changed: (row, guru_terhubung) => this.#remember(row, guru_terhubung),
    failed: (failure) => {
      this.sambungan.report(failure);
      bunyiTidak(this.volume);
      if (codeOf(failure) === 'transisi_tidak_sah') void this.hariIni.load();
    },
  });
  readonly bacaan = new CatatanBaca();
  /** What is told beside the screen. */
  readonly sisipan = new Sisipan();
  /** Counts what was read: whatever lies over the screen goes when it changes. */
  dibaca = $state(0);

  readonly #unshown = new BelumTampil();
  /** The newest scan decides what is shown. */
  #scans = 0;
  /** When a guest's code was last read. */
  #ours_ms = -Infinity;
  readonly #terakhir = new Terakhir();
  /** A form that a guest's code interrupted. */
  #terputus: TanpaJanji | undefined;

  /** Who was on screen before something could not be read, while that is still of use. */
  readonly sebelumnya = $derived(this.#terakhir.layar && this.hariIni.find(this.#terakhir.layar.id));

  start(): void {
    this.sambungan.start();
    const lost = this.antrean.start();
    if (lost > 0) this.sisipan.show({ jenis: 'hilang', banyak: lost });
    void this.hariIni.load();
    void this.guru.load();
  }

  stop(): void {
    this.sambungan.stop();
    this.antrean.stop();
    this.hariIni.clear();
    this.#terputus = undefined;
    this.#terakhir.clear();
    this.sisipan.clear();
    this.#unshown.clear();
    this.kembali();
  }

  /** A code was read by keyboard, camera, picture or the host's scanners. */
  async scan(read: WedgeScan | string, sumber: Sumber = 'ketik'): Promise<void> {
    const scan = readingOf(read, jam.kini);
    if (scan === 'terpotong') this.takTerbaca('terpotong', sumber);
    else if (scan === 'asing') this.#foreign(sumber);
    else await this.#ours(scan, sumber);
  }

  async #ours(scan: Pindaian, sumber: Sumber): Promise<void> {
    this.bacaan.terbaca(sumber);
    this.#ours_ms = performance.now();
    bunyiBaca(this.volume);
    const ticket = this.#begin();
    if (this.antrean.isi.length > 0) {
      this.#wait(ticket, scan);
      return;
    }
    const { request, answer } = await ask(scan, (wanted) => this.#send(wanted));
    this.#show(ticket, scan, request.kode, answer);
  }

  /** Something was held to a reader, and gave nothing that could be asked about. */
  takTerbaca(sebab: SebabTakTerbaca, sumber: Sumber, beside = false): void {
    this.bacaan.gagal(sumber, sebab);
    bunyiTidak(this.volume);
    if (beside || isKerja(this.layar)) {
      this.sisipan.show({ jenis: 'tak_terbaca', sebab });
      return;
    }
    this.dibaca += 1;
    // Whatever is on its way is remembered, and not shown to who stands here now.
    this.#scans += 1;
    this.#open({ jenis: 'tak_terbaca', sebab });
  }

  /** The guest before is shown once more. */
  tampilkanLagi(): void {
    if (this.#terakhir.layar && this.sebelumnya) this.#open(this.#terakhir.layar);
  }

  /** A stranger's code: it takes no guest off the screen, and is told beside one. */
  #foreign(sumber: Sumber): void {
    this.bacaan.terbaca(sumber);
    const stays = isHasil(this.layar) || isKerja(this.layar) || this.layar.jenis === 'memeriksa';
    const is_neighbour = performance.now() - this.#ours_ms < NEIGHBOUR_MS;
    // The neighbour in a guest's own picture is no mistake of theirs.
    if (!stays || !is_neighbour) bunyiTidak(this.volume);
    if (stays) {
      this.sisipan.show({ jenis: 'asing' });
      return;
    }
    this.dibaca += 1;
    this.#open({ jenis: 'ditolak', alasan: 'format_tidak_valid' });
  }

  /** After `pilih`: which of the guest's appointments. */
  async pilih(kode: string, id_janji_temu: number): Promise<void> {
    const ticket = this.#begin();
    const scan = { kode, kunci: newKunci(), id_janji_temu, pada: jam.kini };
    const { answer } = await ask(scan, (wanted) => this.#send(wanted));
    this.#show(ticket, scan, kode, answer);
  }

  /** Where a visit stands after somebody moved it by hand. */
  #moved(now: Kedatangan): void {
    const { id, status } = now;
    this.#remember(now, now.guru_terhubung);
    if (status === 'batal' || status === 'tidak hadir') bunyiBaca(this.volume);
    else bunyiYa(this.volume);
    if (status === 'selesai') this.#left(id, false);
    else if (status === 'menunggu') this.#arrived(now, 'petugas');
    else this.tinggalkan(id);
  }

  /** What was taken back is said, and is on no screen any more; who waits again is, unless the staff work in the book. */
  #undone(before: JanjiTemu, now: Kedatangan, semula?: Semula): void {
    const again = semula === 'gagal' ? undefined : (semula ?? (diLokasi(now) ? now : undefined));
    this.#remember(now, now.guru_terhubung);
    if (again) this.#remember(again);
    bunyiBaca(this.volume);
    this.sisipan.show(diurungkan(before, now, semula));
    if (!again || isKerja(this.layar)) return this.tinggalkan(now.id);
    this.#arrived(again, 'urung');
  }

  /** Its screen is closed, where it is still the one that is open. */
  tinggalkan(id: number): void {
    if ('id' in this.layar && this.layar.id === id) this.kembali();
  }

  bukaLangsung(isi: Isi = {}): void {
    this.#terputus = undefined;
    this.langsung = new TanpaJanji(isi, {
      registered: (row) => {
        if (isi.ganti && isi.janji_temu) void this.tindakan.tutup(isi.janji_temu.id, row.id);
        bunyiYa(this.volume);
        this.#remember(row, row.guru_terhubung);
        this.#arrived(row, 'langsung');
      },
      failed: (failure) => {
        bunyiTidak(this.volume);
        this.sambungan.report(failure);
      },
    });
    this.#open({ jenis: 'langsung' });
  }

  bukaCari(saring?: Saring): void {
    this.#open({ jenis: 'cari', ...(saring ? { saring } : {}) });
  }

  /**
   * The screen is closed, or its time is over: what gurus answered meanwhile comes next, then the form that a guest's code
   * interrupted, else the idle screen.
   */
  kembali(): void {
    this.#scans += 1;
    const answered = this.#unshown.next((id) => {
      const row = this.hariIni.find(id);
      return row !== undefined && diLokasi(row);
    });
    if (answered !== undefined) return this.#showAnswer(answered);
    const form = this.#terputus;
    this.#terputus = undefined;
    if (!form) return this.#open({ jenis: 'siap' });
    this.langsung = form;
    this.#open({ jenis: 'langsung' });
  }

  /** The guest waits in the lobby and looks at this screen: it shows the answer by itself. */
  #showAnswer(id: number): void {
    this.#open({ ...arrival(id, 'petugas'), jawaban: true });
    this.mundur.start(ANSWER_SECONDS);
    this.#holdForChoice();
  }

  /** While the receptionist has to choose, nothing counts down; scanning goes on. */
  #holdForChoice(): void {
    const { layar, janjiTemu } = this;
    if (layar.jenis === 'datang' && janjiTemu && perluPilihan(janjiTemu)) this.mundur.stop();
  }

  nextVolume(): void {
    const next: Record<Volume, Volume> = { keras: 'pelan', pelan: 'mati', mati: 'keras' };
    this.volume = next[this.volume];
    host.choices.set('bunyi', this.volume);
    bunyiYa(this.volume);
  }

  #begin(): number {
    this.#scans += 1;
    this.dibaca += 1;
    this.sisipan.next();
    if (this.langsung?.berisi) this.#terputus = this.langsung;
    // What the last guest saw is not for the next one, however long the answer takes.
    this.#open({ jenis: 'memeriksa' });
    return this.#scans;
  }

  async #send(request: ScanRequest): Promise<Result<Scan>> {
    const answer = await sendScan(request);
    if (!answer.ok) this.sambungan.report(answer.failure);
    return answer;
  }

  /** `kode`: the reading that was answered. */
  #show(ticket: number, scan: Pindaian, kode: string, answer: Result<Scan>): void {
    if (answer.ok && answer.data.appointment)
      this.#remember(answer.data.appointment, answer.data.guru_terhubung);
    if (!answer.ok && isWaiting(answer.failure)) return this.#wait(ticket, scan);
    if (ticket !== this.#scans) {
      const came = answer.ok && answer.data.hasil === 'datang' && answer.data.appointment;
      if (came) this.#terakhir.keep(arrival(came.id, 'kode'));
      return;
    }
    if (!answer.ok) return this.#refuse(ticket, kode, answer.failure);
    const { hasil, appointment, pilihan, tamu, ulasan_url } = answer.data;
    // What records nothing says no yes: a question and a form have the tap of the reading alone.
    if (hasil === 'pilih') return this.#open({ jenis: 'pilih', kode, pilihan: pilihan ?? [] });
    if (hasil === 'tanpa_janji') return this.bukaLangsung(tamu ? { tamu } : {});
    if (!appointment) return this.#open({ jenis: 'ditolak', alasan: 'lain' });
    if (hasil === 'sudah_datang') return this.#again(appointment);
    if (hasil !== 'sudah_selesai') bunyiYa(this.volume);
    if (hasil === 'datang') return this.#arrived(appointment, 'kode');
    this.#left(appointment.id, hasil === 'sudah_selesai', ulasan_url ?? undefined);
  }

  /** Scanned once more: asked whether they have met, unless the guru has said that they cannot. */
  #again(row: JanjiTemu): void {
    if (perluPilihan(row)) this.masihMenunggu(row.id);
    else this.#open({ jenis: 'sudah_datang', id: row.id });
  }

  /** It is kept until it has gone through, whoever comes next. */
  #wait(ticket: number, scan: Pindaian): void {
    const { kunci } = this.antrean.add(scan);
    if (ticket !== this.#scans) return;
    bunyiTidak(this.volume);
    this.#open({ jenis: 'tertunda', kunci });
  }

  /** A code that waited has gone through, or was refused. */
  #settled(scan: Pindaian, { kode }: ScanRequest, answer: Result<Scan>): void {
    const { layar } = this;
    if (layar.jenis === 'tertunda' && layar.kunci === scan.kunci) {
      this.#show((this.#scans += 1), scan, kode, answer);
      return;
    }
    if (answer.ok && answer.data.appointment)
      this.#remember(answer.data.appointment, answer.data.guru_terhubung);
    if (answer.ok && ['datang', 'pulang'].includes(answer.data.hasil)) bunyiYa(this.volume);
    else bunyiTidak(this.volume);
    this.sisipan.show({
      jenis: 'tersusul',
      pada: scan.pada,
      hasil: answer.ok ? answer.data.hasil : 'ditolak',
      nama: answer.ok ? namaOf(answer.data) : undefined,
    });
  }

  #refuse(ticket: number, kode: string, failure: Failure): void {
    bunyiTidak(this.volume);
    const alasan = penolakanOf(codeOf(failure));
    this.#open({ jenis: 'ditolak', alasan });
    if (['bukan_hari_ini', 'sudah_diproses', 'dibatalkan'].includes(alasan)) {
      void this.#explain(ticket, kode, alasan);
    }
  }

  /** When and with whom a refused appointment is. */
  async #explain(ticket: number, kode: string, alasan: Penolakan | 'lain'): Promise<void> {
    const looked = await lookAtCode(kode);
    const shown = this.layar.jenis === 'ditolak' && ticket === this.#scans;
    if (!shown || !looked.ok || !looked.data.appointment) return;
    this.layar = { jenis: 'ditolak', alasan, janji_temu: looked.data.appointment };
  }

  #arrived(row: JanjiTemu, asal: Asal): void {
    this.#open(this.#terakhir.keep(arrival(row.id, asal)));
    // A walk-in photographs the code for leaving.
    if (asal === 'langsung' && row.telp) this.mundur.start(45);
    this.#holdForChoice();
  }

  /** The guest who is asked whether they have met says no: nothing changes. */
  masihMenunggu(id: number): void {
    this.#open(arrival(id, 'petugas'));
    this.#holdForChoice();
  }

  #left(id: number, sudah: boolean, ulasan_url?: string): void {
    this.#open(this.#terakhir.keep({ jenis: 'pulang', id, sudah, ...(ulasan_url ? { ulasan_url } : {}) }));
  }

  #open(layar: Layar): void {
    this.layar = layar;
    if (layar.jenis === 'datang') this.#unshown.drop(layar.id);
    if (layar.jenis !== 'langsung') this.langsung = undefined;
    const seconds = KEMBALI_DETIK[layar.jenis];
    if (seconds) this.mundur.start(seconds);
    else this.mundur.stop();
  }

  /** A newer copy of an appointment, as an event told it. */
  changed(row: JanjiTemu): void {
    const answered = dijawabLain(this.hariIni.find(row.id), row);
    this.#remember(row);
    const known = this.hariIni.find(row.id);
    if (known && isDisangkal(this.layar, known)) return this.kembali();
    if (!answered || !diLokasi(row)) return;
    bunyiTanggapan(this.volume, tanggapanOf(row)?.jenis);
    const { layar } = this;
    if (layar.jenis === 'sudah_datang' && layar.id === row.id) this.#showAnswer(row.id);
    else if (layar.jenis === 'datang' && layar.id === row.id) {
      this.mundur.extend(ANSWER_SECONDS);
      this.#holdForChoice();
    } else if (layar.jenis === 'siap') this.#showAnswer(row.id);
    else this.#unshown.add(row.id);
  }

  #remember(row: JanjiTemu, guru_terhubung?: boolean | null): void {
    if (typeof guru_terhubung === 'boolean') this.sambungan.told(row.id_guru, guru_terhubung);
    this.hariIni.remember(row);
  }
}
