import { mulai } from '../shared/mulai';
import './admin.css';
import Admin from './Admin.svelte';

mulai(Admin);
