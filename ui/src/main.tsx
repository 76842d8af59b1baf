import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Refused } from './api.ts';
import { App } from './app.tsx';
import { applyTheme, startTheme } from './theme.ts';
import './look/look.css';

applyTheme(startTheme(), false);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // what changes is heard of by events
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      // a refusal is an answer
      retry: (failures, error) => failures < 2 && error instanceof Refused && error.problem.status === 0,
    },
  },
});

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
