import { mulai } from '../shared/mulai';
import './guru.css';
import Guru from './Guru.svelte';

mulai(Guru);
