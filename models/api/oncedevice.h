// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIODevice>

#include <algorithm>
#include <cstring>

namespace api {

// A body that can be read once. QNetworkAccessManager sends a request again by itself where the server
// closes the connection before it answers, and a write must not be repeated behind our back: for a device
// that can't be rewound it gives up instead. Writes without a body get an empty one of these.
class OnceDevice : public QIODevice
{
public:
    OnceDevice(const QByteArray &content, QObject *parent)
        : QIODevice(parent), m_content(content)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override { return m_content.size() - m_at; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = std::min<qint64>(most, m_content.size() - m_at);
        if (count == 0)
            return -1;
        std::memcpy(data, m_content.constData() + m_at, static_cast<std::size_t>(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_content;
    qint64 m_at = 0;
};

} // namespace api
