/** The signed-in guest's appointments. */
import type { JanjiTemu } from '../../api/types';
import { listJanjiSaya } from '../../api/tamu_saya';
import { isoDate } from '../../i18n/format';
import { clock } from '../../shared/clock.svelte';
import { Loading } from '../../shared/loading.svelte';
import type { Account } from './account.svelte';
import { groupsOf } from './appointment_groups';

export class OwnAppointments {
  rows = $state.raw<JanjiTemu[]>();
  readonly today = $derived(isoDate(clock.now));
  readonly groups = $derived(this.rows && groupsOf(this.rows, this.today));
  readonly loading: Loading;

  constructor(account: Account) {
    this.loading = new Loading(async (isOver) => {
      const listed = await listJanjiSaya();
      if (isOver()) return listed;
      if (listed.ok) this.rows = listed.data;
      else account.refused(listed.failure);
      return listed;
    });
  }
}
