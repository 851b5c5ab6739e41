import { startRealServer } from './real-server';
import { directLineClientSuite } from './directline-client.suite';
import { startEchoServer } from './started-server';

directLineClientSuite('the echo house', startEchoServer);
directLineClientSuite('the real house', startRealServer);
