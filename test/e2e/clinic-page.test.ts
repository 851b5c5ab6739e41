import { clinicPageSuite } from './clinic-page.suite';
import { startEchoServer } from './started-server';

clinicPageSuite('the echo house', startEchoServer);
