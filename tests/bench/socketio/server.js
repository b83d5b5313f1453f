// The customer's Socket.IO sample (its section "Implementasi WebSocket"), made complete enough to be measured: a user
// authenticates, and is sent 'notification' when the status of an appointment changes.
//
// Told by the environment:
//   KUNCI         key of the access tokens, hexadecimal
//   DATABASE      a file: each of the sample's two database writes becomes one synced append to it, which is less
//                 than any database does; empty: the database is this program's memory
//   TLS_CERT, TLS_KEY   PEM files; empty: plain HTTP
// Prints `listening on <url>` once it accepts.

'use strict';

const fs = require('node:fs/promises');
const { readFileSync } = require('node:fs');
const jwt = require('jsonwebtoken');

const { KUNCI, DATABASE, TLS_CERT, TLS_KEY } = process.env;
const kunci = Buffer.from(KUNCI, 'hex');

const server = TLS_CERT
  ? require('node:https').createServer({ cert: readFileSync(TLS_CERT), key: readFileSync(TLS_KEY) }, app)
  : require('node:http').createServer(app);
const io = require('socket.io')(server, { transports: ['websocket'], serveClient: false });

// The sample keeps one socket for each user, and the last one wins. A room for each user does the same for one socket
// and is what the sample would have to become for a user with several.
io.on('connection', (socket) => {
  socket.on('authenticate', (data) => {
    const userId = verifyToken(data.token);
    if (userId) {
      socket.userId = userId;
      socket.join(userId);
      authenticated += 1;
    }
  });
  socket.on('disconnect', () => {
    if (socket.userId) authenticated -= 1;
  });
});
let authenticated = 0;

function verifyToken(token) {
  try {
    return jwt.verify(token, kunci, { algorithms: ['HS256'], issuer: 'bukutamu' }).sid;
  } catch {
    return null;
  }
}

function sendNotification(userId, notification) {
  io.to(userId).emit('notification', notification);
}

let log = null;

async function write(row) {
  if (log) {
    await log.appendFile(`${JSON.stringify(row)}\n`);
    await log.datasync();
  }
  return row;
}

const db = {
  updateAppointmentStatus: (appointment, status) => write({ ...appointment, status }),
  createNotification: (notification) => write(notification),
};

function updateAppointmentStatus(appointment, status) {
  return db
    .updateAppointmentStatus(appointment, status)
    .then((appointment) =>
      db.createNotification({
        id_pengguna: appointment.id_guru,
        id_janji_temu: appointment.id,
        pesan: `Tamu ${appointment.nama_tamu} telah datang untuk ${appointment.keperluan}`,
        nama_tamu: appointment.nama_tamu,
        keperluan: appointment.keperluan,
        waktu: new Date(),
        is_read: 0,
      }),
    )
    .then((notification) => sendNotification(notification.id_pengguna, notification));
}

// PUT /status changes an appointment's status; GET /authenticated counts those who are; POST /gc collects garbage, so
// that memory is told without what only waits to be freed.
function app(request, response) {
  const answer = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const { method, url } = request;
  if (method === 'GET' && url === '/authenticated') return answer(200, authenticated);
  if (method === 'POST' && url === '/gc') {
    global.gc();
    return answer(200, null);
  }
  if (method !== 'PUT' || url !== '/status') return answer(404, null);
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { appointment, status } = JSON.parse(Buffer.concat(chunks));
    updateAppointmentStatus(appointment, status).then(
      () => answer(200, { id: appointment.id, status }),
      (error) => answer(500, { error: String(error) }),
    );
  });
}

async function main() {
  if (DATABASE) log = await fs.open(DATABASE, 'a');
  server.listen(0, '127.0.0.1', () => {
    const scheme = TLS_CERT ? 'https' : 'http';
    console.log(`listening on ${scheme}://127.0.0.1:${server.address().port}`);
  });
}

main();
