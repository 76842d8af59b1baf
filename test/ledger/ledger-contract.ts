import { accessContract } from './contract/access.ts';
import { afterArrivalContract } from './contract/after-arrival.ts';
import { appsContract } from './contract/apps.ts';
import { browseContract } from './contract/browse.ts';
import { byPersonContract } from './contract/by-person.ts';
import { deliveriesContract } from './contract/deliveries.ts';
import type { OpenLedger } from './contract/fixture.ts';
import { incidentsContract } from './contract/incidents.ts';
import { memoryContract } from './contract/memory.ts';
import { nodesContract } from './contract/nodes.ts';
import { paceContract } from './contract/pace.ts';
import { pausesContract } from './contract/pauses.ts';
import { processesContract } from './contract/processes.ts';
import { runsContract } from './contract/runs.ts';
import { settlingContract } from './contract/settling.ts';
import { unchangedContract } from './contract/unchanged.ts';
import { upkeepContract } from './contract/upkeep.ts';

/** What every ledger must do, whatever it is made of. */
export const ledgerContract = (name: string, openLedger: OpenLedger): void => {
  runsContract(name, openLedger);
  deliveriesContract(name, openLedger);
  settlingContract(name, openLedger);
  paceContract(name, openLedger);
  pausesContract(name, openLedger);
  byPersonContract(name, openLedger);
  processesContract(name, openLedger);
  nodesContract(name, openLedger);
  appsContract(name, openLedger);
  afterArrivalContract(name, openLedger);
  incidentsContract(name, openLedger);
  unchangedContract(name, openLedger);
  memoryContract(name, openLedger);
  upkeepContract(name, openLedger);
  browseContract(name, openLedger);
  accessContract(name, openLedger);
};
