import { mulai } from '../shared/mulai';
import Guru from './Guru.svelte';

mulai(Guru);
