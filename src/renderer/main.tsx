import './styles';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app/App';

// zod would compile its checks with `new Function`, which the content security policy forbids.
z.config({ jitless: true });

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
