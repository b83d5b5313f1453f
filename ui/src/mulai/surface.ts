import { pasang } from '../shared/pasang';
import './mulai.css';
import Halaman from './Halaman.svelte';

pasang(Halaman);
