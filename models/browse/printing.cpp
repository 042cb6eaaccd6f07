// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/printing.h"

#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace printing {
namespace {

using Source = TableColumn::Source;

std::vector<TableColumn> withAllFixed(const std::vector<TableColumn> &columns)
{
    std::vector<TableColumn> all;
    for (Source source : {Source::Name, Source::Key, Source::State, Source::Start, Source::End, Source::Duration,
             Source::Tags, Source::User})
        all.push_back({source, {}});
    for (const TableColumn &column : columns) {
        if (!column.isFixed())
            all.push_back(column);
    }
    return all;
}

QString escaped(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'\t', u"\\t"_s).replace(u'\n', u"\\n"_s).replace(u'\r', u"\\r"_s);
    return text;
}

QString quoted(const QString &text, QStringView special)
{
    for (QChar c : text) {
        if (!special.contains(c))
            continue;
        QString inner = text;
        return u'"' + inner.replace(u'"', u"\"\""_s) + u'"';
    }
    return text;
}

// The titles, or the values of one experiment, as one line without its end.
template<class Write>
QString line(const std::vector<TableColumn> &columns, QChar separator, Write write)
{
    QString result;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0)
            result += separator;
        result += write(columns[i]);
    }
    return result;
}

} // namespace

QString tsv(const ExperimentTable &table)
{
    const std::vector<TableColumn> columns = withAllFixed(table.columns());
    QString text = line(columns, u'\t', [&](const TableColumn &c) { return escaped(table.exactTitle(c)); }) + u'\n';
    for (std::size_t experiment = 0; experiment < table.experimentCount(); ++experiment) {
        if (table.found() && !table.found()->contains(table.experiments().keys.view(experiment)))
            continue;
        text += line(columns, u'\t',
            [&](const TableColumn &column) { return escaped(table.exactText(experiment, column)); });
        text += u'\n';
    }
    return text;
}

QString cells(const ExperimentTable &table, const std::vector<int> &rows, const std::vector<TableColumn> &columns,
    bool withHeader)
{
    constexpr QStringView special = u"\"\t\r\n";
    QStringList lines;
    if (withHeader)
        lines << line(columns, u'\t', [&](const TableColumn &c) { return quoted(table.exactTitle(c), special); });
    for (int row : rows) {
        const std::optional<std::size_t> experiment = table.experimentAt(row);
        if (!experiment)
            continue;
        lines << line(columns, u'\t',
            [&](const TableColumn &column) { return quoted(table.exactText(*experiment, column), special); });
    }
    return lines.join(u'\n');
}

void csv(const ExperimentTable &table, const std::vector<TableColumn> &columns, Extent extent,
    const std::function<void(const QByteArray &)> &write)
{
    constexpr QStringView special = u"\",\r\n";
    const std::vector<TableColumn> all = extent == Extent::Everything ? withAllFixed(columns) : columns;
    // A cell alone in its line that is empty would be no line at all to readers.
    const auto writeLine = [&](const QString &text) { write((text.isEmpty() ? "\"\"" : text.toUtf8()) + "\r\n"); };
    writeLine(line(all, u',', [&](const TableColumn &c) { return quoted(table.exactTitle(c), special); }));
    const auto writeExperiment = [&](std::size_t experiment) {
        writeLine(line(all, u',', [&](const TableColumn &column) {
            return quoted(table.exactText(experiment, column), special);
        }));
    };
    if (extent == Extent::Everything) {
        for (std::size_t experiment = 0; experiment < table.experimentCount(); ++experiment)
            writeExperiment(experiment);
        return;
    }
    for (int row = 0; row < table.rowCount(); ++row)
        writeExperiment(*table.experimentAt(row));
}

QString writeCsv(const ExperimentTable &table, const std::vector<TableColumn> &columns, Extent extent,
    const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    csv(table, columns, extent, [&](const QByteArray &bytes) { file.write(bytes); });
    return file.commit() ? QString() : file.errorString();
}

} // namespace printing
