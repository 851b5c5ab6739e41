// What the patient sees of the chat. Everything a bot or patient wrote becomes text nodes, never markup.
import { createLine } from './direct-line.js';

const byId = (id) => document.getElementById(id);
const log = byId('log');
const input = byId('message');
const status = byId('status');
const typing = byId('typing');
const choices = byId('choices');
const clinicCall = byId('chat-call');

// ---- view ----
const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
};
const timeOf = (iso) => {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { weekday: 'short', month: 'short', day: 'numeric' };
  const time = element('time', '', date.toLocaleString(undefined, { ...day, hour: 'numeric', minute: '2-digit' }));
  time.dateTime = date.toISOString();
  return time;
};
const telephone = /\b911\b|\b988\b|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b/g;
const callLink = (number, label) => {
  const link = element('a', '', label);
  link.href = `tel:${number.replace(/[^\d+]/g, '')}`;
  return link;
};
const withCallLinks = (text) => {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(telephone)) {
    parts.push(text.slice(from, match.index), callLink(match[0], match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
};
const emergencyCard = (text) => {
  const lines = [...new Set(text.match(/\b(?:911|988)\b/g) ?? [])];
  const clinic = element('a', '', 'Call the clinic');
  clinic.href = clinicCall.href;
  const calls = element('span', 'calls', ...lines.map((number) => callLink(number, `Call ${number}`)), clinic);
  return [element('strong', '', 'Please get help now'), element('span', 'words', ...withCallLinks(text)), calls];
};
const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const show = (item, mustShow) => {
  const follow = mustShow || isAtEnd();
  log.append(item);
  if (follow) log.scrollTop = Math.min(log.scrollHeight, item.offsetTop - log.offsetTop - 8);
};
const note = (text) => show(element('p', 'note', text), true);
const setStatus = (text) => {
  if (status.textContent !== text) status.textContent = text;
};
let typingTimer = 0;
const setTyping = (on) => {
  typing.hidden = !on;
  clearTimeout(typingTimer);
  if (on) typingTimer = setTimeout(() => setTyping(false), 15000);
};

// ---- suggested actions ----
const clearChoices = () => {
  choices.replaceChildren();
  choices.hidden = true;
};
const choiceOf = (action) => {
  if (action.type === 'imBack' || action.type === 'postBack') {
    const button = element('button', '', action.title);
    button.type = 'button';
    button.addEventListener('click', () => {
      (matchMedia('(pointer: coarse)').matches ? log : input).focus({ preventScroll: true });
      send(String(action.value));
    });
    return button;
  }
  if (action.type !== 'openUrl' || !/^(tel:[\d+]|https:\/\/)/i.test(action.value)) return null;
  const link = element('a', '', action.title);
  link.href = action.value;
  if (!/^tel:/i.test(action.value)) Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' });
  return link;
};
const showChoices = (actions) => {
  const follow = isAtEnd();
  choices.replaceChildren(...actions.map(choiceOf).filter(Boolean));
  choices.hidden = choices.childElementCount === 0;
  if (follow) log.scrollTop = log.scrollHeight;
};

// ---- messages: mine by client id while under way, all by activity id once stored ----
const mine = new Map();
const seen = new Set();
const setState = (message, state, reason) => {
  message.item.classList.toggle('failed', state === 'failed');
  if (state !== 'failed') {
    message.meta.replaceChildren('You, ', timeOf(message.at), ` · ${state === 'sent' ? 'Sent' : 'Sending…'}`);
    return;
  }
  const retry = element('button', 'retry', 'Try again');
  retry.type = 'button';
  retry.addEventListener('click', () => {
    input.focus({ preventScroll: true });
    void deliver(message);
  });
  message.meta.replaceChildren(reason ?? 'Not sent. If it is urgent, call the clinic.', retry);
  if (message.item === log.lastElementChild) log.scrollTop = log.scrollHeight;
};
const addMine = (text, clientId, at) => {
  const meta = element('p', 'meta');
  const item = element('div', 'message mine', element('p', 'bubble', text), meta);
  const message = { text, clientId, at, item, meta };
  mine.set(clientId, message);
  return message;
};
const receiveMine = (activity) => {
  const clientId = activity.channelData?.clientActivityID ?? activity.id;
  let message = mine.get(clientId);
  if (!message) {
    message = addMine(activity.text || 'Photo (not kept)', clientId, activity.timestamp);
    show(message.item, false);
  }
  message.at = activity.timestamp;
  setState(message, 'sent');
  clearChoices();
};
const receiveBot = (activity) => {
  const { disposition } = activity.channelData?.aftercare ?? {};
  const isEmergency = disposition === 'emergency';
  const text = activity.text ?? '';
  const bubble = element(isEmergency ? 'div' : 'p', 'bubble', ...(isEmergency ? emergencyCard(text) : withCallLinks(text)));
  const meta = element('p', 'meta', `${activity.from.name ?? 'Helper'}, `, timeOf(activity.timestamp));
  setTyping(false);
  if (text !== '') show(element('div', `message ${isEmergency || disposition === 'urgent' ? disposition : ''}`, bubble, meta), isEmergency);
  if (isEmergency && log.getAttribute('aria-live') === 'polite') byId('alarm').textContent = text.split('\n')[0];
  const actions = activity.suggestedActions?.actions ?? [];
  showChoices(isEmergency ? actions.filter((action) => !/^tel:/i.test(action.value)) : actions); // the card has its own numbers
};
const receive = (activities) => {
  for (const activity of activities) {
    if (activity.type === 'typing') setTyping(true);
    if (activity.type !== 'message' || seen.has(activity.id)) continue;
    seen.add(activity.id);
    if (activity.from.role === 'user') receiveMine(activity);
    else receiveBot(activity);
  }
};
/** History after a reload is shown without being read aloud all over again. */
const receiveQuietly = (activities) => {
  log.setAttribute('aria-live', 'off');
  receive(activities);
  log.scrollTop = log.scrollHeight;
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
};

// ---- sending ----
const line = createLine({
  onStatus: setStatus,
  onSet: (activities, isHistory) => (isHistory ? receiveQuietly(activities) : receive(activities)),
  onNewConversation: () => {
    if (seen.size > 0) note('A new conversation starts here. The helper no longer knows what was said above.');
  },
});
const deliver = async (message) => {
  setState(message, 'sending');
  setTyping(true);
  const { ok, reason } = await line.send(message);
  if (!ok) setTyping(false);
  setState(message, ok ? 'sent' : 'failed', reason ? `Not sent. ${reason}` : undefined);
};
const send = (text) => {
  const random = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');
  const message = addMine(text, `${Date.now().toString(36)}-${random}`, new Date().toISOString());
  clearChoices();
  show(message.item, true);
  log.scrollTop = log.scrollHeight;
  void deliver(message);
};

// ---- the form ----
const fitInput = () => {
  input.style.height = 'auto';
  input.style.height = `${Math.min(input.scrollHeight + 2, 144)}px`;
  const left = input.maxLength - input.value.length;
  byId('counter').hidden = left > 200;
  byId('counter').textContent = `${left} characters left`;
};
byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (text === '') return;
  input.value = '';
  fitInput();
  send(text);
});
input.addEventListener('input', fitInput);
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId('composer').requestSubmit();
});

// ---- phone: the chat fills the screen and can be put away ----
const setOpen = (open) => document.body.classList.toggle('chat-open', open);
byId('close-chat').addEventListener('click', () => {
  setOpen(false);
  byId('open-chat').focus();
});
byId('open-chat').addEventListener('click', () => {
  setOpen(true);
  log.scrollTop = log.scrollHeight;
  input.focus();
});
setOpen(true);
