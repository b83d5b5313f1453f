import { mountSurface } from '../shared/mount_surface';
import './mulai.css';
import Halaman from './Halaman.svelte';

mountSurface(Halaman);
