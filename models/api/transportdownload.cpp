// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/background.h"
#include "models/api/downloadfile.h"
#include "models/api/transportexchange.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace api {

namespace {

constexpr qsizetype slice = 1 << 20; // what is read and written at once
constexpr qint64 readAhead = 4 << 20; // what Qt may hold that we have not read

// Of an answer that can be gone on with later (RFC 9110, 13.1.5 and 14.3); empty for any other.
QByteArray validatorOf(const QNetworkReply &reply)
{
    if (reply.rawHeader("Accept-Ranges").trimmed().toLower() != "bytes")
        return {};
    const QByteArray tag = reply.rawHeader("ETag").trimmed();
    return tag.startsWith('"') ? tag : reply.rawHeader("Last-Modified").trimmed();
}

struct ContentRange
{
    qint64 first = -1;
    qint64 total = -1; // where the server knows it
};

ContentRange contentRange(const QByteArray &header)
{
    static const QRegularExpression form(u"^bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)$"_s);
    const QRegularExpressionMatch match = form.match(QString::fromLatin1(header.trimmed()));
    if (!match.hasMatch())
        return {};
    return {match.captured(1).toLongLong(), match.captured(3) == "*"_L1 ? -1 : match.captured(3).toLongLong()};
}

Error storageError(const QString &sentence)
{
    return {Error::Kind::Storage, sentence, 0, 0, {}};
}

} // namespace

// An exchange whose body goes to a file: a slice is read while the one before it is written in the background,
// and where the disk is slower than the network, the network waits.
class Transport::Download : public Exchange
{
public:
    Download(Transport &transport, const Request &request, std::shared_ptr<DownloadFile> file, ReplyBase *owner, Done done)
        : Exchange(transport, request, owner, std::move(done)), m_file(std::move(file)), m_first(m_url)
    {
    }

    void start() override;

private:
    QNetworkRequest networkRequest() const override;
    bool mayFollow(const QUrl &target) const override;
    void takeHeaders() override;
    void takeProgress(qint64, qint64) override {} // what counts is on disk
    void drain() override;
    void conclude() override;
    void succeed() override;
    qint64 received() const override { return m_isBody ? m_read : Exchange::received(); }

    void begin();
    void askForTheRest(const DownloadFile::Begun &begun);
    void takePart();
    void startOver();
    bool fill();
    void writeSlice();

    std::shared_ptr<DownloadFile> m_file;
    QUrl m_first; // where every attempt begins: the address that a redirect led to may be good for minutes only
    int m_fileAttempt = 0;
    qint64 m_offset = 0; // where the answer is asked from
    qint64 m_read = 0; // of the answer's body
    qint64 m_written = 0; // of the file
    qint64 m_total = -1; // of the file
    QByteArray m_next; // read and not yet being written
    QByteArray m_spare; // written; its memory is used again
    bool m_isBody = false; // of the file, not of an error
    bool m_isWriting = false;
    bool m_takesPacked = false; // the server packs what it should not, so Qt unpacks it
};

void Transport::Download::start()
{
    ++m_attempt;
    m_redirects = 0;
    begin();
}

void Transport::Download::begin()
{
    m_url = m_first;
    m_hasLeft = false;
    runOnDisk(this, [file = m_file] { return file->begin(); },
        [this](const DownloadFile::Begun &begun) { askForTheRest(begun); });
}

void Transport::Download::askForTheRest(const DownloadFile::Begun &begun)
{
    if (m_isOver)
        return;
    if (!begun.problem.isEmpty()) {
        fail(storageError(begun.problem));
        return;
    }
    m_fileAttempt = begun.attempt;
    m_offset = m_file->facts.validator.isEmpty() ? 0 : begun.size;
    m_isWriting = false;
    m_next.clear();
    m_isBody = false;
    m_total = -1;
    m_read = 0;
    ask();
}

QNetworkRequest Transport::Download::networkRequest() const
{
    QNetworkRequest request = Exchange::networkRequest();
    request.setRawHeader("Accept", "*/*");
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // it reads on while the disk is busy
    if (!m_takesPacked)
        request.setRawHeader("Accept-Encoding", "identity"); // sizes and ranges are those of the file
    if (m_offset > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_offset) + '-');
        request.setRawHeader("If-Range", m_file->facts.validator);
    }
    return request;
}

bool Transport::Download::mayFollow(const QUrl &target) const
{
    const bool isEncrypted = target.scheme() == "https"_L1;
    const bool isPlain = target.scheme() == "http"_L1 && m_url.scheme() == "http"_L1;
    return (isEncrypted || isPlain) && !target.host().isEmpty();
}

void Transport::Download::takeHeaders()
{
    m_reply->setReadBufferSize(readAhead);
    m_isBody = status() == 200 || status() == 206;
    if (!m_isBody) {
        Exchange::takeHeaders();
        return;
    }
    const QByteArray packed = m_reply->rawHeader("Content-Encoding").trimmed().toLower();
    if (!packed.isEmpty() && packed != "identity" && !m_takesPacked) {
        m_takesPacked = true;
        startOver();
    } else if (status() == 206) {
        takePart();
    } else {
        const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
        m_offset = 0;
        m_written = 0;
        m_total = length.isValid() && !m_takesPacked ? length.toLongLong() : -1;
        m_file->facts.validator = m_takesPacked ? QByteArray() : validatorOf(*m_reply);
        m_file->facts.contentType = m_reply->rawHeader("Content-Type");
    }
}

void Transport::Download::takePart()
{
    const ContentRange range = contentRange(m_reply->rawHeader("Content-Range"));
    const QByteArray validator = validatorOf(*m_reply);
    if (m_offset == 0) {
        fail(Error{Error::Kind::BadAnswer,
            QCoreApplication::translate("api::Transport", "a part of the file, and the whole was asked for"), 206, 0, {}});
    } else if (range.first != m_offset || (!validator.isEmpty() && validator != m_file->facts.validator)) {
        startOver();
    } else {
        m_written = m_offset;
        m_total = range.total;
        tell(m_written, m_total);
    }
}

// What there is can't be gone on with: asks for all of it, in the same attempt.
void Transport::Download::startOver()
{
    record({});
    drop();
    m_file->facts.validator.clear();
    begin();
}

void Transport::Download::drain()
{
    if (!m_reply)
        return;
    if (!m_isBody) {
        Exchange::drain();
        return;
    }
    const bool isAll = fill();
    if (!m_isWriting && !m_next.isEmpty()) {
        writeSlice();
        if (!isAll)
            fill(); // the other slice, meanwhile
    } else if (!m_isWriting && isAll && m_hasEnded) {
        conclude();
    }
}

// Reads into the slice that is written next; true where nothing is left for now.
bool Transport::Download::fill()
{
    if (!m_reply->isOpen()) // after a time-out
        return true;
    while (m_next.size() < slice) {
        const qsizetype before = m_next.size();
        m_next.resize(slice);
        const qint64 count = std::max<qint64>(0, m_reply->read(m_next.data() + before, slice - before));
        m_next.resize(before + count);
        m_read += count;
        if (count == 0)
            return true;
    }
    return false;
}

void Transport::Download::writeSlice()
{
    struct Written
    {
        QByteArray bytes;
        QString problem;
    };
    m_isWriting = true;
    QByteArray bytes = std::exchange(m_next, std::exchange(m_spare, {}));
    const qint64 rest = m_total < 0 ? -1 : std::max<qint64>(0, m_total - m_written - bytes.size());
    runOnDisk(
        this,
        [file = m_file, attempt = m_fileAttempt, offset = m_written, bytes = std::move(bytes), rest]() mutable {
            QString problem = file->write(attempt, offset, bytes, rest);
            return Written{std::move(bytes), std::move(problem)};
        },
        [this, attempt = m_fileAttempt](Written written) {
            if (m_isOver || attempt != m_fileAttempt)
                return;
            m_isWriting = false;
            if (!written.problem.isEmpty()) {
                fail(storageError(written.problem));
                return;
            }
            m_written += written.bytes.size();
            m_spare = std::move(written.bytes);
            m_spare.resize(0);
            tell(m_written, m_total);
            if (!m_isOver)
                drain();
        });
}

void Transport::Download::conclude()
{
    constexpr qint64 worthwhile = 1 << 20;
    const bool isResumable = !m_file->facts.validator.isEmpty();
    if (m_isBody && isResumable && m_written - m_offset >= worthwhile)
        m_attempt = 1; // a connection that is cut again and again still gets there
    if (status() == 416 && m_offset > 0)
        startOver();
    else
        Exchange::conclude();
}

void Transport::Download::succeed()
{
    if (m_total >= 0 && m_written != m_total) {
        retryOrFail(Error{Error::Kind::Offline,
            QCoreApplication::translate("api::Transport", "%1 of %2 bytes came").arg(m_written).arg(m_total), 0, 0, {}},
            std::nullopt);
        return;
    }
    runOnDisk(this, [file = m_file, attempt = m_fileAttempt, size = m_written] { return file->end(attempt, size); },
        [this](const QString &problem) {
            if (m_isOver)
                return;
            if (!problem.isEmpty()) {
                fail(storageError(problem));
                return;
            }
            m_file->facts.size = m_written;
            Exchange::succeed();
        });
}

Transport::Exchange *Transport::newDownload(
    const Request &request, const std::shared_ptr<DownloadFile> &file, ReplyBase *owner, Done done)
{
    return new Download(*this, request, file, owner, std::move(done));
}

} // namespace api
