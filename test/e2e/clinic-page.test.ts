import { startRealServer } from './real-server';
import { clinicPageSuite } from './clinic-page.suite';
import { startEchoServer } from './started-server';

clinicPageSuite('the echo house', startEchoServer);
clinicPageSuite('the real house', startRealServer);
