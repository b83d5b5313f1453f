import { startSurface } from '../shared/start_surface';
import './admin.css';
import Admin from './Admin.svelte';

startSurface(Admin);
