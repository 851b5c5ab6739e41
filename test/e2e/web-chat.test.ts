import { startRealServer } from './real-server';
import { startEchoServer } from './started-server';
import { webChatSuite } from './web-chat.suite';

webChatSuite('the echo house', startEchoServer);
webChatSuite('the real house', startRealServer);
