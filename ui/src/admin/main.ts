import { mulai } from '../shared/mulai';
import Admin from './Admin.svelte';

mulai(Admin);
